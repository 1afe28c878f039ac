import { pairwiseRows, type RowOf } from './pairwise-rows.js';

/** Everything that a verdict can depend on. */
export const FACTORS = {
  /** From where the findings come; each is read by the decoder that reads it in earnest. */
  source: ['detailed report, policy scan', 'detailed report, sandbox scan', 'results file, policy scan', 'pipeline results', 'findings API'],
  kind: ['static', 'sca', 'dynamic', 'manual'],
  gate: ['none given', 'severity', 'cwe', 'cvss', 'licence-risk', 'max-findings', 'age', 'policy-rules'],
  /** Where the flaw lies against what the gate forbids. */
  threshold: ['below', 'at', 'above'],
  findings: ['one', 'empty', 'beside another'],
  /** What was decided on the platform. With `borne` the options say that a proposal is enough. */
  mitigation: ['none', 'proposed', 'proposed, borne', 'accepted', 'rejected', 'unknown'],
  status: ['open', 'fixed'],
  waiver: ['none', 'by id', 'by path', 'by fingerprint', 'expired', 'unused'],
  baseline: ['none', 'knows it', 'does not'],
  /** With `borne` the options count only what is over. */
  grace: ['none', 'runs', 'runs, borne', 'over, borne'],
  conditionalPass: ['pass', 'warn', 'fail'],
  evaluation: ['pass', 'conditional-pass', 'did-not-pass', 'not-assessed', 'calculating', 'unknown'],
} as const;

/** One row of the table. */
export type Row = RowOf<typeof FACTORS>;

/** The engine of pipeline scans looks at code only, so that its results hold nothing else. */
export function isPossible({ source, kind }: Partial<Row>): boolean {
  return source !== 'pipeline results' || kind === undefined || kind === 'static';
}

/** The table. */
export const ROWS: readonly Row[] = pairwiseRows(FACTORS, isPossible);

const COUNTS_EVERYWHERE = {
  threshold: 'at',
  findings: 'one',
  mitigation: 'none',
  status: 'open',
  waiver: 'none',
  baseline: 'none',
  grace: 'none',
  conditionalPass: 'pass',
  evaluation: 'pass',
} as const;

/** Rows in which nothing hides what a single pair of values does: one open finding, which the gate forbids. */
export const GROUNDS: readonly Row[] = [
  { ...COUNTS_EVERYWHERE, source: 'detailed report, policy scan', kind: 'static', gate: 'severity' },
  { ...COUNTS_EVERYWHERE, source: 'findings API', kind: 'sca', gate: 'cvss' },
  { ...COUNTS_EVERYWHERE, source: 'results file, policy scan', kind: 'sca', gate: 'licence-risk' },
  { ...COUNTS_EVERYWHERE, source: 'pipeline results', kind: 'static', gate: 'policy-rules' },
];

/** When it is judged. */
export const NOW_MS = Date.parse('2026-11-25T12:00:00Z');
