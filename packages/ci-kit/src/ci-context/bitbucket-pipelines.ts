// https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
import type { Env } from '@verapipe/core';

import type { CiProvider } from './ci-context.js';
import { countOf, joinParts, publicUrl, textOf } from './variables.js';

/** Bitbucket Pipelines (cloud), in a step and inside a pipe. @internal */
export const bitbucketPipelines: CiProvider = {
  system: 'bitbucket-pipelines',
  detect: (env) => textOf(env, 'BITBUCKET_BUILD_NUMBER') !== null,
  read: (env) => {
    const repositoryUrl = repositoryUrlOf(env);
    const run = textOf(env, 'BITBUCKET_BUILD_NUMBER');
    const step = textOf(env, 'BITBUCKET_STEP_UUID');
    const runUrl = repositoryUrl === null || run === null ? null : `${repositoryUrl}/pipelines/results/${encodeURIComponent(run)}`;
    return {
      system: 'bitbucket-pipelines',
      pipeline: textOf(env, 'BITBUCKET_REPO_FULL_NAME') ?? joinParts([textOf(env, 'BITBUCKET_WORKSPACE'), textOf(env, 'BITBUCKET_REPO_SLUG')], '/'),
      run,
      // Steps have no name in the environment. The id stays the same when a step is run again.
      job: step === null ? null : step.replace(/[{}]/gu, ''),
      leg: legOf(env),
      attempt: countOf(env, 'BITBUCKET_STEP_RUN_NUMBER'),
      commit: textOf(env, 'BITBUCKET_COMMIT'),
      branch: textOf(env, 'BITBUCKET_BRANCH'),
      targetBranch: textOf(env, 'BITBUCKET_PR_DESTINATION_BRANCH'),
      pullRequest: textOf(env, 'BITBUCKET_PR_ID'),
      repositoryUrl,
      runUrl,
      jobUrl: runUrl === null || step === null ? null : `${runUrl}/steps/${encodeURIComponent(step)}`,
    };
  },
};

/** The index counts from zero; people count from one. */
function legOf(env: Env): string | null {
  const index = textOf(env, 'BITBUCKET_PARALLEL_STEP');
  const count = countOf(env, 'BITBUCKET_PARALLEL_STEP_COUNT');
  if (index === null || count === null || count < 2 || !/^\d{1,8}$/u.test(index)) return null;
  return `${Number(index) + 1}/${count}`;
}

/** The origin is `http://bitbucket.org/…` where it is set; the site itself answers on https only. */
function repositoryUrlOf(env: Env): string | null {
  const origin = publicUrl(textOf(env, 'BITBUCKET_GIT_HTTP_ORIGIN'));
  if (origin !== null) return origin.replace(/^http:\/\/bitbucket\.org\//u, 'https://bitbucket.org/').replace(/\/+$/u, '');
  const name = textOf(env, 'BITBUCKET_REPO_FULL_NAME');
  return name === null ? null : `https://bitbucket.org/${name}`;
}
