import { createHash } from 'node:crypto';
import type { Finding } from './finding.js';

/** The engine of these languages has no way to recognise a flaw again. */
const withoutHashes = /\.py$/i;

/** What the engine computes to recognise a flaw, wherever it is shown: in pipeline results and, if asked, in reports. */
export interface FlawHashes {
  readonly procedure: string;
  readonly prototype: string;
  /** Of the statement. */
  readonly flaw: string;
  readonly count: number;
  readonly ordinal: number;
}

/** Two flaws of one kind in one function have equal values: the line is no part of them. Null for some languages. */
export function flawHashesOf({ weakness, type, sourceFolder, sourceFile, functionPrototype }: Finding): FlawHashes | null {
  if (withoutHashes.test(sourceFile)) {
    return null;
  }
  return {
    procedure: hashOf('procedure', `${sourceFolder}${sourceFile}`, functionPrototype),
    prototype: hashOf('prototype', functionPrototype),
    flaw: hashOf('flaw', type, String(weakness.cwe)),
    count: 1,
    ordinal: 1,
  };
}

/** Hashes are numbers written as text. */
export function hashOf(...parts: readonly string[]): string {
  return String(createHash('sha256').update(parts.join('\n')).digest().readUInt32BE(0));
}
