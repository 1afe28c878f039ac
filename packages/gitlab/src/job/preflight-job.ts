import type { JobPlan } from './job-plan.js';

/** The preflight job: its answer is the exit code. Pure. */
export function planPreflightJob(reportDir: string): JobPlan {
  return { args: ['preflight', '--output-dir', reportDir], changes: {} };
}
