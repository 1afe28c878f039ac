import type { Finding, FindingLocation, FlawMatch } from '../domain/finding.js';
import { isSeverity, type Severity } from '../domain/severity.js';
import { plainTextOf } from './display-text.js';
import { type Fields, fieldsOf } from './pipeline-fields.js';
import type { JsonObject } from './rest.js';

/** A finding that has no id yet, because that depends on its neighbours. */
export type UnnamedFinding = Omit<Finding, 'id'> & { readonly title: string | null };

/**
 * Reads one entry of `findings`. Its `issue_id` is left alone: it is not unique in one file, and another one in the
 * next scan. Entries that the engine calls good practice (`gob`) are taken like all others, as no recording has one.
 *
 * @param place - for messages
 * @throws ProtocolError `unexpected-shape`
 */
export function decodePipelineFinding(original: JsonObject, place: string): UnnamedFinding {
  const fields = fieldsOf(original, place);
  const title = known(fields.text('title'));
  const cweName = known(fields.text('issue_type'));
  const description = plainTextOf(fields.text('display_text') ?? '');
  return {
    title,
    kind: 'static',
    severity: severityOf(fields),
    cwe: cweOf(original, fields),
    cweName,
    category: null,
    description: description === '' ? (title ?? cweName ?? '') : description,
    location: locationOf(fields),
    // What is in the results is there in this scan; whether it is new, only a comparison tells.
    status: 'open',
    affectsPolicy: null,
    mitigation: { state: 'none', reason: null, approver: null },
    firstFoundAt: null,
    gracePeriodExpiresAt: null,
    exploitability: exploitabilityOf(fields),
    remediationEffort: null,
    component: null,
    flawMatch: flawMatchOf(fields),
    dataPaths: null,
  };
}

function severityOf(fields: Fields): Severity {
  const value = fields.count('severity');
  if (value === null || !isSeverity(value)) throw fields.wrong('severity', 'a number from 0 to 5');
  return value;
}

/** The vendor writes the number as text; other tools that write baselines do not always. */
function cweOf(original: JsonObject, fields: Fields): number | null {
  if (typeof original['cwe_id'] === 'number') return fields.count('cwe_id');
  const text = fields.text('cwe_id');
  if (text === null || text === '') return null;
  const digits = /^(?:CWE-)?(\d{1,7})$/i.exec(text)?.[1];
  if (digits === undefined) throw fields.wrong('cwe_id', 'the number of a CWE');
  return Number(digits);
}

function locationOf(fields: Fields): FindingLocation {
  const source = fields.object('files')?.object('source_file');
  const line = source?.count('line') ?? 0;
  return {
    module: null,
    file: known(source?.text('file'))?.replaceAll('\\', '/') ?? null,
    repositoryPath: null,
    line: line === 0 ? null : line,
    function: known(source?.text('function_prototype')) ?? known(source?.text('qualified_function_name')) ?? known(source?.text('function_name')),
    url: null,
    parameter: null,
  };
}

/** Empty, and the specification's word for what is not known. */
function known(text: string | null | undefined): string | null {
  return text === null || text === undefined || text === '' || text === 'UNKNOWN' ? null : text;
}

function exploitabilityOf(fields: Fields): number | null {
  const text = fields.text('exploit_level');
  return text !== null && /^(?:-[12]|[012])$/.test(text) ? Number(text) : null;
}

/** Null where the language has none, and where one of the eight values is missing: then it recognises nothing. */
function flawMatchOf(fields: Fields): FlawMatch | null {
  const match = fields.object('flaw_match');
  if (match === null) return null;
  const [procedureHash, prototypeHash] = [match.text('procedure_hash'), match.text('prototype_hash')];
  const [flawHash, flawHashCount, flawHashOrdinal] = [match.text('flaw_hash'), match.count('flaw_hash_count'), match.count('flaw_hash_ordinal')];
  const [causeHash, causeHashCount, causeHashOrdinal] = [match.text('cause_hash'), match.count('cause_hash_count'), match.count('cause_hash_ordinal')];
  if (procedureHash === null || prototypeHash === null) return null;
  if (flawHash === null || flawHashCount === null || flawHashOrdinal === null) return null;
  if (causeHash === null || causeHashCount === null || causeHashOrdinal === null) return null;
  return { procedureHash, prototypeHash, flawHash, flawHashCount, flawHashOrdinal, causeHash, causeHashCount, causeHashOrdinal };
}
