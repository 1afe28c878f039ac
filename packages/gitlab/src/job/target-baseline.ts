import { posix } from 'node:path';

import type { ComponentSettings, Env } from './component-settings.js';
import { given } from './job-plan.js';

/** The artifact that holds the findings of the target branch. */
export interface TargetArtifact {
  readonly url: string;
  /** Lives as long as the job; goes to GitLab only, and into no message. */
  readonly token: string;
  readonly ref: string;
}

/**
 * Where the last successful scan job of the target branch left its results: of the default branch where nothing is merged.
 * Reading them takes the job token and nothing else; nothing is ever written to the repository. Pure.
 *
 * @returns a sentence instead, when there is nothing to ask for
 * @see docs.gitlab.com "Job artifacts API", download a single artifact file by reference name
 */
export function targetArtifact({ resultsDir }: Pick<ComponentSettings, 'resultsDir'>, env: Env): TargetArtifact | { readonly reason: string } {
  const [api, project, token, job] = ['CI_API_V4_URL', 'CI_PROJECT_ID', 'CI_JOB_TOKEN', 'CI_JOB_NAME'].map((name) => given(env, name));
  const ref = given(env, 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME') ?? given(env, 'CI_DEFAULT_BRANCH');
  if (!api || !project || !token || !job) return { reason: 'this job does not know how to ask GitLab (CI_API_V4_URL, CI_PROJECT_ID, CI_JOB_TOKEN and CI_JOB_NAME)' };
  if (ref === null) return { reason: 'this job knows no target branch and no default branch' };
  if (ref === given(env, 'CI_COMMIT_BRANCH')) return { reason: `this is the branch ${ref} itself` };
  const path = posix.join(resultsDir.replaceAll('\\', '/'), 'verapipe-results.json').split('/').map(encodeURIComponent).join('/');
  return { url: `${api}/projects/${encodeURIComponent(project)}/jobs/artifacts/${encodeURIComponent(ref)}/raw/${path}?job=${encodeURIComponent(job)}`, token, ref };
}

/** Whether a file is of a scan that was judged: anything else as a baseline would fail the run, or know nothing. Pure. */
export function isUsableBaseline(text: string): boolean {
  try {
    const results: unknown = JSON.parse(text);
    if (typeof results !== 'object' || results === null || !('findings' in results && 'counts' in results && 'proof' in results)) return false;
    return Array.isArray(results.findings) && results.counts !== null && results.proof !== null;
  } catch {
    return false;
  }
}
