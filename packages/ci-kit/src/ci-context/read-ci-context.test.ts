import type { Env } from '@verapipe/core';
import { describe, expect, it } from '@jest/globals';

import { CI_SAMPLES } from '../../test/ci-environments.js';
import { CI_PROVIDERS, readCiContext } from './read-ci-context.js';

/** Every sample with each of its variables taken away, and with each of them empty. */
const LACKING = CI_SAMPLES.flatMap(({ name, env }) =>
  Object.keys(env).flatMap((key): [string, Env][] => [
    [`${name} without ${key}`, { ...env, [key]: undefined }],
    [`${name} with an empty ${key}`, { ...env, [key]: '' }],
  ]),
);

describe('readCiContext', () => {
  it.each(CI_SAMPLES.map(({ name, env, wanted }) => [name, env, wanted] as const))('reads %s', (_name, env, wanted) => {
    expect(readCiContext(env)).toEqual(wanted);
  });

  it.each(CI_SAMPLES.map(({ name, env }) => [name, env] as const))('sees only one CI in %s', (_name, env) => {
    expect(CI_PROVIDERS.filter((provider) => provider.detect(env))).toHaveLength(1);
  });

  it.each(LACKING)('bears %s', (_name, env) => {
    const context = readCiContext(env);
    if (context === null) return;
    for (const value of Object.values(context)) {
      expect(value).not.toBe('');
      expect(value).not.toBeUndefined();
      expect(String(value)).not.toMatch(/undefined|NaN/u);
    }
  });

  it.each<[name: string, env: Env]>([
    ['an empty environment', {}],
    ['a terminal', { PATH: '/usr/bin', HOME: '/home/ann', BUILD_NUMBER: '7' }],
    ['a CI that we do not know', { CI: 'true', CIRCLECI: 'true', CIRCLE_BUILD_NUM: '12' }],
    ['GitHub Actions', { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_RUN_ID: '1' }],
    ['a switch that is off', { TF_BUILD: 'False', GITLAB_CI: 'false', BITBUCKET_BUILD_NUMBER: '' }],
  ])('is null in %s', (_name, env) => {
    expect(readCiContext(env)).toBeNull();
  });

  it('takes the pull request number of GitHub before the id of Azure', () => {
    const env = { TF_BUILD: 'True', SYSTEM_PULLREQUEST_PULLREQUESTID: '999', SYSTEM_PULLREQUEST_PULLREQUESTNUMBER: '31' };
    expect(readCiContext(env)?.pullRequest).toBe('31');
  });

  it('reads the position of a multiplied job in GitLab CI from its name, and from the variables where the name lacks it', () => {
    expect(readCiContext({ GITLAB_CI: 'true', CI_JOB_NAME: 'scan 2/3' })).toMatchObject({ job: 'scan', leg: '2/3' });
    const env = { GITLAB_CI: 'true', CI_JOB_NAME: 'scan', CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3' };
    expect(readCiContext(env)).toMatchObject({ job: 'scan', leg: '2/3' });
  });
});
