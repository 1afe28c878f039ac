import type { FindingKind } from '../../src/domain/finding.js';
import type { Severity } from '../../src/domain/severity.js';
import { NOW_MS, type Row } from './factors.js';

const DAY_MS = 86_400_000;

/** What is true of a flaw, whether or not a source tells it. */
export interface Flaw {
  readonly id: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly cwe: number;
  readonly cvss: number;
  /** The platform's rating of the licence of its component. */
  readonly licenceRisk: number;
  /** ISO 8601, UTC. */
  readonly firstFoundAt: string;
  readonly affectsPolicy: boolean;
  readonly isFixed: boolean;
  readonly mitigation: 'none' | 'proposed' | 'accepted' | 'rejected' | 'unknown';
  /** ISO 8601, UTC. */
  readonly gracePeriodExpiresAt: string | null;
}

/** What each side of the gates' thresholds is: severity High, CWE 89, CVSS 9.0, high licence risk, older than 30 days. */
const SIDES = {
  below: { severity: 3, cwe: 79, cvss: 8.9, licenceRisk: 3, days: 29 },
  at: { severity: 4, cwe: 89, cvss: 9, licenceRisk: 4, days: 30 },
  above: { severity: 5, cwe: 89, cvss: 9.8, licenceRisk: 5, days: 31 },
} as const;

/** Against the gate that stands in where none was given: any finding that is not informational. */
const SEVERITIES_OF_DEFAULT = { below: 0, at: 1, above: 4 } as const;
const OWN_SEVERITY_GATES: readonly Row['gate'][] = ['severity', 'max-findings', 'policy-rules'];

/** Nobody could mind this one. */
const OTHER: Flaw = {
  id: '8',
  kind: 'static',
  severity: 0,
  cwe: 1004,
  cvss: 0,
  licenceRisk: 2,
  firstFoundAt: daysAgo(1),
  affectsPolicy: false,
  isFixed: false,
  mitigation: 'none',
  gracePeriodExpiresAt: null,
};

/** The flaws of a row's scan; the first one is what the row is about. */
export function flawsOf(row: Row): readonly Flaw[] {
  switch (row.findings) {
    case 'empty':
      return [];
    case 'one':
      return [flawOf(row)];
    case 'beside another':
      return [flawOf(row), OTHER];
  }
}

/** The flaw that a row is about, also where the scan did not find it. */
export function flawOf({ kind, threshold, gate, status, mitigation, grace }: Row): Flaw {
  const { days, severity, ...side } = SIDES[threshold];
  return {
    ...side,
    id: kind === 'sca' ? 'c7:CVE-2026-0001' : '7',
    kind,
    severity: OWN_SEVERITY_GATES.includes(gate) ? severity : SEVERITIES_OF_DEFAULT[threshold],
    firstFoundAt: daysAgo(days),
    affectsPolicy: threshold !== 'below',
    isFixed: status === 'fixed',
    mitigation: mitigation === 'proposed, borne' ? 'proposed' : mitigation,
    gracePeriodExpiresAt: grace === 'none' ? null : grace === 'over, borne' ? daysAgo(1) : daysAgo(-6),
  };
}

function daysAgo(days: number): string {
  return new Date(NOW_MS - days * DAY_MS).toISOString();
}
