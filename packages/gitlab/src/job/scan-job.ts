import { posix } from 'node:path';

import { type ComponentSettings, type Env, SetupError } from './component-settings.js';
import { given, type JobPlan } from './job-plan.js';

/** Formats of every scan with their files; the template names the same ones under `artifacts:reports`. */
const REPORTS: Readonly<Record<string, string>> = {
  'gitlab-sast': 'gl-sast-report.json',
  'gitlab-code-quality': 'gl-code-quality-report.json',
  junit: 'veracode-junit.xml',
  'gitlab-annotations': 'gl-annotations.json',
  dotenv: 'veracode.env',
  sarif: 'veracode.sarif',
};

/** Only a scan that looks at components can say that there are none. */
const COMPONENT_REPORTS: Readonly<Record<string, string>> = {
  'gitlab-dependency-scanning': 'gl-dependency-scanning-report.json',
  'cyclonedx-vex': 'gl-sbom-veracode.cdx.json',
};

/**
 * The scan job. With two jobs it only reports: a failed gate is left to the job that decides, and any other end that is not
 * 0 fails this one. Pure.
 *
 * @param baseline - the file of the target branch's findings; null where there is none
 * @throws SetupError for what only a single job can judge
 */
export function planScanJob(settings: ComponentSettings, env: Env, baseline: string | null): JobPlan {
  const { command, mode, reportDir, resultsDir } = settings;
  if (mode === 'two-jobs') refuseWhatCannotBeJudgedAgain(command, env);
  const reports = Object.entries({ ...REPORTS, ...(command === 'scan' && !isTrue(env, 'DEPENDENCY_SCANNING_DISABLED') ? COMPONENT_REPORTS : {}) });
  return {
    args: [
      command,
      ...['--output-dir', resultsDir],
      ...reports.flatMap(([format, file]) => ['--report', `${format}=${posix.join(reportDir, file)}`]),
      ...(mode === 'two-jobs' ? ['--report-only'] : []),
    ],
    changes: { ...sandboxChanges(settings, env), ...baselineChanges(settings, baseline), ...floorChanges(settings) },
  };
}

/** The gate job has a file and asks nobody. Better now than after hours. */
function refuseWhatCannotBeJudgedAgain(command: string, env: Env): void {
  if (command === 'pipeline-scan' && given(env, 'VERAPIPE_POLICY') !== null) {
    throw new SetupError('The rules of a policy cannot be judged again from the results of a pipeline scan: the input policy needs mode: single-job there.');
  }
  if (given(env, 'VERAPIPE_BASELINE_SCAN') !== null) {
    throw new SetupError('The gate job cannot ask the platform for an earlier scan: the input baseline-scan needs mode: single-job. With two jobs baseline-from-target-branch does the same.');
  }
}

/** The floor of an organisation forbids to report only. It is held by the job that decides. */
function floorChanges({ mode }: ComponentSettings): JobPlan['changes'] {
  return mode === 'two-jobs' ? { VERAPIPE_ORG_POLICY: null } : {};
}

/** What is no branch (a tag), and the default branch, is scanned where the inputs say. */
function sandboxChanges({ takesSandboxFromBranch }: ComponentSettings, env: Env): JobPlan['changes'] {
  const branch = given(env, 'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME') ?? given(env, 'CI_COMMIT_BRANCH');
  return takesSandboxFromBranch && branch !== null && branch !== given(env, 'CI_DEFAULT_BRANCH') ? { VERAPIPE_SANDBOX: branch } : {};
}

/** Without a baseline there is nothing to tell new findings by: every one counts. */
export function baselineChanges({ takesTargetBaseline }: Pick<ComponentSettings, 'takesTargetBaseline'>, baseline: string | null): JobPlan['changes'] {
  if (!takesTargetBaseline) return {};
  return baseline === null ? { VERAPIPE_BASELINE: null, VERAPIPE_NEW_ONLY: null } : { VERAPIPE_BASELINE: baseline, VERAPIPE_NEW_ONLY: 'true' };
}

function isTrue(env: Env, name: string): boolean {
  return ['true', '1'].includes(given(env, name) ?? '');
}
