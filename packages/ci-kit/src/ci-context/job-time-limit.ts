// https://docs.gitlab.com/ci/variables/predefined_variables/
import type { Env } from '@verapipe/core';

import type { CiContext } from './ci-context.js';

/** What a run needs at its end to write results and to say how to go on. */
export const MARGIN_MINUTES = 2;

/** Minutes that the CI gives the whole job; null where it does not tell. Only GitLab CI does, in seconds. Pure. */
export function jobTimeLimitMinutes(ci: CiContext | null, env: Env): number | null {
  const seconds = env['CI_JOB_TIMEOUT']?.trim() ?? '';
  if (ci?.system !== 'gitlab-ci' || !/^[1-9]\d{0,8}$/u.test(seconds)) return null;
  return Math.floor(Number(seconds) / 6) / 10;
}

/** What is said of a job that the CI may kill before the run gives up; null where there is nothing to say. Pure. */
export function warnOfJobTimeLimit(jobMinutes: number | null, timeoutMinutes: number): string | null {
  if (jobMinutes === null || timeoutMinutes <= jobMinutes - MARGIN_MINUTES) return null;
  const shorter = String(Math.max(1, Math.floor(jobMinutes - MARGIN_MINUTES)));
  return `The CI ends this job after ${String(jobMinutes)} minutes, and the run may take ${String(timeoutMinutes)} (--timeout): a job that is killed ends without a result. Give a --timeout of ${shorter} or less, or the job more time.`;
}
