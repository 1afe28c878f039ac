import type { Mitigation, FlawMatch } from './finding.js';

/**
 * What recognises the statement of a flaw, in a detailed report as in a pipeline scan: where it stands, and which one of
 * several equal ones it is. Hashes are text.
 *
 * That a report's `statement_hash` is what a pipeline scan calls `flaw_hash` is an inference of ours from their names and
 * companions; no page of the vendor says so, and no recorded report carries either.
 *
 * @public
 */
export interface StatementMatch {
  readonly procedureHash: string;
  readonly prototypeHash: string;
  readonly statementHash: string;
  readonly statementHashCount: number;
  readonly statementHashOrdinal: number;
}

/** A static flaw of the policy scans, as far as it can decide about a finding of a pipeline scan. @public */
export interface PolicyFlaw {
  /** The platform's issue id. */
  readonly id: string;
  readonly cwe: number | null;
  /** True when the newest scan does not have it any more. */
  readonly isFixed: boolean;
  readonly mitigation: Mitigation;
  /** Null where the report does not carry all five values. */
  readonly statement: StatementMatch | null;
}

/** What of a pipeline scan's values recognises the statement. Pure. */
export function statementOf({ procedureHash, prototypeHash, flawHash, flawHashCount, flawHashOrdinal }: FlawMatch): StatementMatch {
  return { procedureHash, prototypeHash, statementHash: flawHash, statementHashCount: flawHashCount, statementHashOrdinal: flawHashOrdinal };
}
