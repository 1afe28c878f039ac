import type { MitigationRecord } from '../state.js';
import type { Finding } from './finding.js';

export type MitigationStatus = 'none' | 'proposed' | 'accepted' | 'rejected';

/** All that was said about a finding, oldest first: the scenario's mitigation, then what calls added. */
export function mitigationHistory(
  finding: Finding,
  added: Readonly<Record<string, readonly MitigationRecord[]>>,
  foundAtMs: number,
): readonly MitigationRecord[] {
  const later = added[String(finding.issueId)] ?? [];
  const { mitigation } = finding;
  if (mitigation === undefined) {
    return later;
  }
  const { action, comment, by } = mitigation;
  const proposal: MitigationRecord = { action, comment, by, atMs: foundAtMs };
  const decision: MitigationRecord[] =
    mitigation.status === 'proposed' ? [] : [{ action: mitigation.status, comment, by, atMs: foundAtMs }];
  return [proposal, ...decision, ...later];
}

/** The newest proposal or decision counts; comments change nothing. */
export function mitigationStatus(history: readonly MitigationRecord[]): MitigationStatus {
  const newest = history.findLast(({ action }) => action !== 'comment')?.action;
  if (newest === undefined) {
    return 'none';
  }
  return newest === 'accepted' || newest === 'rejected' ? newest : 'proposed';
}
