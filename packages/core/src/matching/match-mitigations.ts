import type { Finding, Mitigation } from '../domain/finding.js';
import { type PolicyFlaw, type StatementMatch, statementOf } from '../domain/policy-flaw.js';
import { joinKey } from './finding-mark.js';

/** A finding of a pipeline scan that takes over the accepted mitigation of a policy flaw. @public */
export interface AppliedMitigation {
  readonly finding: Finding;
  /** The platform's issue id of the policy flaw. */
  readonly flawId: string;
  readonly mitigation: Mitigation;
}

/** What became of the accepted mitigations of an application; the numbers add up to `accepted`. @public */
export interface MatchedMitigations {
  /** Accepted mitigations of static flaws that are not fixed. */
  readonly accepted: number;
  /** The report does not carry their hashes. */
  readonly withoutHashes: number;
  /** No finding of the scan has their hashes. */
  readonly unmatched: number;
  /** Several flaws, or several findings, have equal hashes. */
  readonly ambiguous: number;
  readonly applied: readonly AppliedMitigation[];
}

/**
 * Finds the findings of a pipeline scan that are policy flaws with an accepted mitigation. Pure.
 *
 * Only equal values count: CWE, the hashes of procedure, prototype and statement, count and ordinal. The CWE is one of
 * them because recordings have single statements with two flaws whose hashes are all equal. What more than one flaw or
 * more than one finding has recognises nothing, also where the others are open, fixed or accepted: the finding stays open.
 *
 * @param flaws - all static flaws of the policy scan, whatever was decided about them
 * @public
 */
export function matchMitigations(findings: readonly Finding[], flaws: readonly PolicyFlaw[]): MatchedMitigations {
  const findingsByKey = grouped(findings, ({ cwe, flawMatch }) => keyOf(cwe, flawMatch && statementOf(flawMatch)));
  const flawsByKey = grouped(flaws, ({ cwe, statement }) => keyOf(cwe, statement));
  const accepted = flaws.filter(({ mitigation, isFixed }) => mitigation.state === 'accepted' && !isFixed);
  const counts = { withoutHashes: 0, unmatched: 0, ambiguous: 0 };
  const applied: AppliedMitigation[] = [];
  for (const { id, cwe, mitigation, statement } of accepted) {
    const key = keyOf(cwe, statement);
    const [finding, ...others] = (key === null ? undefined : findingsByKey.get(key)) ?? [];
    if (key === null) counts.withoutHashes += 1;
    else if (finding === undefined) counts.unmatched += 1;
    else if (others.length > 0 || flawsByKey.get(key)?.length !== 1) counts.ambiguous += 1;
    else applied.push({ finding, flawId: id, mitigation });
  }
  return { accepted: accepted.length, ...counts, applied };
}

/** Null recognises nothing. */
function keyOf(cwe: number | null, statement: StatementMatch | null): string | null {
  if (cwe === null || statement === null) return null;
  const { procedureHash, prototypeHash, statementHash, statementHashCount, statementHashOrdinal } = statement;
  return joinKey(cwe, procedureHash, prototypeHash, statementHash, statementHashCount, statementHashOrdinal);
}

function grouped<T>(items: readonly T[], keyFor: (item: T) => string | null): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyFor(item);
    const group = key === null ? undefined : groups.get(key);
    if (group !== undefined) group.push(item);
    else if (key !== null) groups.set(key, [item]);
  }
  return groups;
}
