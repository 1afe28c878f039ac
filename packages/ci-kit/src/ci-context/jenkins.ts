// https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables
import type { Env } from '@verapipe/core';

import type { CiProvider } from './ci-context.js';
import { publicUrl, textOf } from './variables.js';

/** Jenkins, freestyle and pipeline. @internal */
export const jenkins: CiProvider = {
  system: 'jenkins',
  // JENKINS_URL is missing where nobody configured the root URL.
  detect: (env) =>
    textOf(env, 'JENKINS_URL') !== null ||
    (textOf(env, 'BUILD_TAG')?.startsWith('jenkins-') ?? false) ||
    (textOf(env, 'JENKINS_HOME') !== null && textOf(env, 'BUILD_NUMBER') !== null),
  read: (env) => {
    const isChange = textOf(env, 'CHANGE_ID') !== null;
    const runUrl = publicUrl(textOf(env, 'BUILD_URL'));
    return {
      system: 'jenkins',
      // With folders, and with the branch in a multibranch project: `team/shop/main`.
      pipeline: textOf(env, 'JOB_NAME'),
      run: textOf(env, 'BUILD_NUMBER'),
      job: textOf(env, 'STAGE_NAME'),
      leg: legOf(env),
      // A restarted run has another number, and `retry` counts nothing.
      attempt: null,
      commit: textOf(env, 'GIT_COMMIT'),
      branch: isChange ? textOf(env, 'CHANGE_BRANCH') : branchOf(env),
      targetBranch: textOf(env, 'CHANGE_TARGET'),
      pullRequest: textOf(env, 'CHANGE_ID'),
      repositoryUrl: publicUrl(textOf(env, 'GIT_URL')),
      runUrl,
      jobUrl: publicUrl(textOf(env, 'JOB_URL')),
    };
  },
};

/** GIT_BRANCH carries the name of the remote, mostly `origin`. */
function branchOf(env: Env): string | null {
  return textOf(env, 'BRANCH_NAME', 'GIT_LOCAL_BRANCH') ?? textOf(env, 'GIT_BRANCH')?.replace(/^origin\//u, '') ?? null;
}

/**
 * The axes of a matrix project end its job name: `shop/os=linux,jdk=21`. The cells of a pipeline's `matrix` differ in
 * variables whose names only their author knows: there `--scan-name` has to name them.
 */
function legOf(env: Env): string | null {
  const [, axes = null] = /\/((?:[^/=,]+=[^/,]*,?)+)$/u.exec(textOf(env, 'JOB_NAME') ?? '') ?? [];
  return axes;
}
