import type { Finding, JudgedFinding } from '@verapipe/core';

import { standingOf } from './finding-standing.js';

/** The findings that people should see first, and how many there are in all. @public */
export interface TopFindings {
  /** Worst first; at most the limit. */
  readonly findings: readonly Finding[];
  /** Findings that count: of those that nobody judged, neither fixed nor covered by an accepted mitigation. */
  readonly open: number;
  readonly total: number;
}

/** Collects {@link TopFindings} from a stream, in memory that depends on the limit only. @public */
export interface TopFindingsCollector {
  add(finding: Finding | JudgedFinding): void;
  top(): TopFindings;
}

/** A collector of the `limit` worst findings that count. @public */
export function createTopFindingsCollector(limit: number): TopFindingsCollector {
  const findings: Finding[] = [];
  let open = 0;
  let total = 0;
  return {
    add(finding) {
      total += 1;
      if (standingOf(finding) !== 'open') return;
      open += 1;
      const last = findings[limit - 1];
      if (last !== undefined && compareFindings(finding, last) >= 0) return;
      const place = findings.findIndex((other) => compareFindings(finding, other) < 0);
      findings.splice(place < 0 ? findings.length : place, 0, finding);
      if (findings.length > limit) findings.pop();
    },
    top: () => ({ findings: [...findings], open, total }),
  };
}

/** Worst first: severity, then policy, then a stable order by weakness and place. @public */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    b.severity - a.severity ||
    Number(b.affectsPolicy === true) - Number(a.affectsPolicy === true) ||
    (a.cwe ?? Infinity) - (b.cwe ?? Infinity) ||
    compareText(a.location.file ?? '', b.location.file ?? '') ||
    (a.location.line ?? 0) - (b.location.line ?? 0) ||
    compareText(a.id, b.id)
  );
}

/** By code unit, so that the order is the same on every machine. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
