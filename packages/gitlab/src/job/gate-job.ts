import type { ComponentSettings } from './component-settings.js';
import type { JobPlan } from './job-plan.js';
import { baselineChanges } from './scan-job.js';

/**
 * The gate job: judges the results of the scan job, which it has as an artifact, against the same baseline. Pure.
 *
 * @param targetBaseline - file of the target branch's findings that the scan job kept; null where it found none
 */
export function planGateJob(settings: ComponentSettings, targetBaseline: string | null): JobPlan {
  return { args: ['gate', '--from', settings.resultsDir], changes: baselineChanges(settings, targetBaseline) };
}
