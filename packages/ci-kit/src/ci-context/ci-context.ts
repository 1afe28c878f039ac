import type { Env } from '@verapipe/core';
import type { CiFacts } from '@verapipe/reports';

/** The CI systems whose contexts we read. @public */
export type CiSystem = 'azure-pipelines' | 'gitlab-ci' | 'bitbucket-pipelines' | 'jenkins';

/** What people call them. */
export const CI_NAMES: Readonly<Record<CiSystem, string>> = {
  'azure-pipelines': 'Azure Pipelines',
  'gitlab-ci': 'GitLab CI',
  'bitbucket-pipelines': 'Bitbucket Pipelines',
  jenkins: 'Jenkins',
};

/**
 * Where a run takes place. Together `system`, `pipeline`, `run`, `job` and `leg` are one piece of work and do not
 * change when the CI repeats it; `attempt` does.
 *
 * @public
 */
export interface CiContext extends CiFacts {
  readonly system: CiSystem;
}

/** One CI system: how its variables are known, and what they say. Both are pure. */
export interface CiProvider {
  readonly system: CiSystem;
  detect(env: Env): boolean;
  read(env: Env): CiContext;
}
