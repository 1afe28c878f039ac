import type { Env } from '@verapipe/core';

import { azurePipelines } from './azure-pipelines.js';
import { bitbucketPipelines } from './bitbucket-pipelines.js';
import type { CiContext, CiProvider } from './ci-context.js';
import { gitlabCi } from './gitlab-ci.js';
import { jenkins } from './jenkins.js';

/**
 * Every CI system that we read. Jenkins comes last: its agents are started from anywhere, also from a job of another
 * CI, and then the variables of both are there.
 */
export const CI_PROVIDERS: readonly CiProvider[] = [azurePipelines, gitlabCi, bitbucketPipelines, jenkins];

/**
 * Reads where this run takes place from a record of environment variables. Pure.
 *
 * @returns null outside of the CI systems that we know
 * @public
 */
export function readCiContext(env: Env): CiContext | null {
  return CI_PROVIDERS.find((provider) => provider.detect(env))?.read(env) ?? null;
}
