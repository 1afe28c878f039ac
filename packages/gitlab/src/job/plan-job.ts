import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { readComponentSettings, SetupError, type Env } from './component-settings.js';
import { planGateJob } from './gate-job.js';
import { given, type JobPlan } from './job-plan.js';
import { keepTargetBaseline } from './keep-target-baseline.js';
import { logOptions } from './log-level.js';
import { planPreflightJob } from './preflight-job.js';
import { planScanJob } from './scan-job.js';

/**
 * Prepares a job: reads what the template set, fetches what it needs from GitLab, and says what is to be started.
 *
 * @param job - `scan`, `gate` or `preflight`
 * @throws SetupError
 */
export async function planJob(job: string, env: Env, say: (line: string) => void): Promise<JobPlan> {
  const { args, changes } = await planOf(job, env, say);
  return { args: [...args, ...logOptions(env)], changes };
}

async function planOf(job: string, env: Env, say: (line: string) => void): Promise<JobPlan> {
  if (job === 'preflight') return planPreflightJob(given(env, 'COMPONENT_REPORT_DIR') ?? '.');
  if (job !== 'scan' && job !== 'gate') throw new SetupError(`${JSON.stringify(job)} is no job of the component: scan, gate or preflight.`);
  const settings = readComponentSettings(env);
  const file = join(settings.resultsDir, 'target-baseline.json');
  if (job === 'scan') {
    const hasBaseline = await keepTargetBaseline(settings, env, { file, say });
    return planScanJob(settings, env, hasBaseline ? file : null);
  }
  return planGateJob(settings, settings.takesTargetBaseline && existsSync(file) ? file : null);
}
