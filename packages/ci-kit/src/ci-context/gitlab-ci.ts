// https://docs.gitlab.com/ci/variables/predefined_variables/
import type { Env } from '@verapipe/core';

import type { CiProvider } from './ci-context.js';
import { countOf, publicUrl, textOf } from './variables.js';

/** GitLab CI, on gitlab.com and self-managed. @internal */
export const gitlabCi: CiProvider = {
  system: 'gitlab-ci',
  detect: (env) => env['GITLAB_CI']?.trim().toLowerCase() === 'true',
  read: (env) => ({
    system: 'gitlab-ci',
    pipeline: textOf(env, 'CI_PROJECT_PATH'),
    run: textOf(env, 'CI_PIPELINE_ID'),
    ...jobAndLeg(env),
    // A repeated job is a new job with another CI_JOB_ID; nothing counts the attempts.
    attempt: null,
    // In merged-result pipelines CI_COMMIT_SHA is a merge that GitLab made up.
    commit: textOf(env, 'CI_MERGE_REQUEST_SOURCE_BRANCH_SHA', 'CI_COMMIT_SHA'),
    branch: textOf(env, 'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME', 'CI_COMMIT_BRANCH'),
    targetBranch: textOf(env, 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME'),
    // The IID is the number that people see; CI_MERGE_REQUEST_ID is another one, global to the server.
    pullRequest: textOf(env, 'CI_MERGE_REQUEST_IID'),
    repositoryUrl: publicUrl(textOf(env, 'CI_PROJECT_URL')),
    runUrl: publicUrl(textOf(env, 'CI_PIPELINE_URL')),
    jobUrl: publicUrl(textOf(env, 'CI_JOB_URL')),
  }),
};

/** `parallel` appends the leg to the job name: `scan 1/3`, or `scan: [linux, 20]` with a matrix. */
function jobAndLeg(env: Env): { readonly job: string | null; readonly leg: string | null } {
  const name = textOf(env, 'CI_JOB_NAME');
  const [, job = null, matrix = null] = /^(.*?):? (\[.*\]|\d+\/\d+)$/su.exec(name ?? '') ?? [];
  const index = countOf(env, 'CI_NODE_INDEX');
  const total = countOf(env, 'CI_NODE_TOTAL');
  const position = index === null || total === null || total < 2 ? null : `${index}/${total}`;
  if (matrix !== null) return { job, leg: matrix.replace(/^\[|\]$/gu, '') };
  return { job: name, leg: position };
}
