import type { JudgedFinding } from '@verapipe/core';

/** Why a finding is no work for anybody now. */
export type SetAside = 'fixed' | 'waived' | 'mitigated' | 'proposed';

/**
 * Says whether a finding is gone or was decided about. Readers that have no word for that must not get it: they would show
 * it as open. Null: it is open. A proposed mitigation counts only where the run took it for accepted. Pure.
 */
export function setAside({ status, standing, mitigation }: JudgedFinding): SetAside | null {
  if (status === 'fixed' || standing === 'fixed') return 'fixed';
  if (standing === 'waived') return 'waived';
  if (mitigation.state === 'accepted') return 'mitigated';
  return standing === 'proposed' ? 'proposed' : null;
}
