import type { StatementMatch } from '../domain/policy-flaw.js';
import type { ElementHead } from './xml-element.js';
import { optionalCount, optionalText } from './xml-fields.js';

/**
 * The hashes of a `flaw` element. The schema has them as optional attributes, recorded reports leave them out.
 *
 * @returns null unless all five are there: a part of them recognises nothing
 */
export function statementMatchOf(flaw: ElementHead): StatementMatch | null {
  const [procedureHash, prototypeHash, statementHash] = [optionalText(flaw, 'procedure_hash'), optionalText(flaw, 'prototype_hash'), optionalText(flaw, 'statement_hash')];
  const [statementHashCount, statementHashOrdinal] = [optionalCount(flaw, 'statement_hash_count'), optionalCount(flaw, 'statement_hash_ordinal')];
  if (procedureHash === null || prototypeHash === null || statementHash === null) return null;
  if (statementHashCount === null || statementHashOrdinal === null) return null;
  return { procedureHash, prototypeHash, statementHash, statementHashCount, statementHashOrdinal };
}
