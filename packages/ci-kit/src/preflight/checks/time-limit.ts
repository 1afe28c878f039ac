import { jobTimeLimitMinutes, MARGIN_MINUTES } from '../../ci-context/job-time-limit.js';
import { PIPELINE_SCAN_MINUTES } from '../../options/table/the-run.js';
import type { PreflightContext } from '../preflight-context.js';
import { type Check, failure, ok, skipped, warning } from '../check.js';

/** The CI's own limit of the job against ours: a job that is killed tells nobody how to go on. */
export const timeLimit: Check = {
  id: 'time-limit',
  title: 'Time limit of the job',
  needs: [],
  purposes: ['scan', 'pipeline-scan'],
  async run(context) {
    const job = jobMinutes(context);
    const timeout = timeoutMinutes(context);
    if (job === null) return skipped('this CI does not tell it (--job-timeout does)');
    const line = `the job may take ${String(job.minutes)} minutes (${job.source}), the run ${String(timeout)} (--timeout)`;
    if (timeout >= job.minutes) {
      return failure(line, `Give a shorter --timeout, for instance ${String(Math.max(1, Math.floor(job.minutes - MARGIN_MINUTES)))}, or the job more time: a job that is killed ends without a result.`);
    }
    if (timeout > job.minutes - MARGIN_MINUTES) return warning(line, 'Leave the run some minutes more, so that it can write its results.');
    return ok(line);
  },
};

function timeoutMinutes({ run, purpose }: PreflightContext): number {
  const isGiven = run.input.options.sources.timeout !== 'default';
  return purpose === 'pipeline-scan' && !isGiven ? PIPELINE_SCAN_MINUTES : run.options.timeout;
}

function jobMinutes({ run }: PreflightContext): { readonly minutes: number; readonly source: string } | null {
  if (run.options.jobTimeout !== null) return { minutes: run.options.jobTimeout, source: '--job-timeout' };
  const minutes = jobTimeLimitMinutes(run.ci, run.input.env);
  return minutes === null ? null : { minutes, source: 'CI_JOB_TIMEOUT' };
}
