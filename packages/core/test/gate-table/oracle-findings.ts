import { NOW_MS, type Row } from './factors.js';
import { type Flaw, flawsOf } from './flaw.js';

/** What the source of a row tells about a flaw. */
export interface Told extends Omit<Flaw, 'firstFoundAt' | 'affectsPolicy'> {
  /** Whole days since it was first found; null where the source does not tell. */
  readonly ageDays: number | null;
  readonly affectsPolicy: boolean | null;
  /** True for the flaw that the row is about. */
  readonly isSubject: boolean;
}

/** The findings of a row, as far as its source tells of them. */
export function toldOf(row: Row): readonly Told[] {
  return flawsOf(row).map((flaw, index) => ({ ...told(row, flaw), isSubject: index === 0 }));
}

function told({ source }: Row, flaw: Flaw): Omit<Told, 'isSubject'> {
  const { firstFoundAt, ...facts } = flaw;
  const whole = { ...facts, ageDays: (NOW_MS - Date.parse(firstFoundAt)) / 86_400_000 };
  switch (source) {
    case 'findings API':
      return whole;
    case 'pipeline results':
      // Of the platform's memory a pipeline scan knows nothing.
      return { ...whole, ageDays: null, affectsPolicy: null, isFixed: false, mitigation: 'none', gracePeriodExpiresAt: null };
    case 'detailed report, policy scan':
    case 'detailed report, sandbox scan':
    case 'results file, policy scan':
      if (flaw.kind !== 'sca') return whole;
      // A vulnerability of a component is mitigated or not: nothing between, no fix, no grace period.
      return { ...whole, isFixed: false, gracePeriodExpiresAt: null, mitigation: flaw.mitigation === 'accepted' || flaw.mitigation === 'unknown' ? flaw.mitigation : 'none' };
  }
}

/** Why a finding does not count, in the words of the sentences; null for one that does. The first reason is named. */
export function excuseOf(row: Row, { isSubject, isFixed, mitigation, gracePeriodExpiresAt }: Told, isWaived: boolean): string | null {
  if (!isSubject) return null;
  if (isFixed) return 'fixed';
  if (isWaived) return 'waived';
  if (row.baseline === 'knows it') return 'in the baseline';
  if (mitigation === 'accepted') return 'mitigated';
  if (mitigation === 'proposed' && row.mitigation === 'proposed, borne') return 'with a proposed mitigation';
  return gracePeriodExpiresAt !== null && row.grace === 'runs, borne' ? 'within the grace period' : null;
}
