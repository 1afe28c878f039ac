import type { Env } from '@verapipe/core';
import { describe, expect, it } from '@jest/globals';

import { jobTimeLimitMinutes, warnOfJobTimeLimit } from './job-time-limit.js';
import { readCiContext } from './read-ci-context.js';

describe('jobTimeLimitMinutes', () => {
  it.each<[env: Env, minutes: number | null]>([
    [{ GITLAB_CI: 'true', CI_JOB_TIMEOUT: '3600' }, 60],
    [{ GITLAB_CI: 'true', CI_JOB_TIMEOUT: '90' }, 1.5],
    [{ GITLAB_CI: 'true', CI_JOB_TIMEOUT: '1h' }, null],
    [{ GITLAB_CI: 'true' }, null],
    [{ CI_JOB_TIMEOUT: '3600' }, null],
  ])('%j: %p', (env, minutes) => {
    expect(jobTimeLimitMinutes(readCiContext(env), env)).toBe(minutes);
  });
});

describe('warnOfJobTimeLimit', () => {
  it.each<[jobMinutes: number | null, timeoutMinutes: number, said: string | null]>([
    [null, 360, null],
    [60, 58, null],
    [60, 59, 'Give a --timeout of 58 or less'],
    [60, 360, 'ends this job after 60 minutes, and the run may take 360'],
    [1.5, 60, 'Give a --timeout of 1 or less'],
  ])('%p against %p', (jobMinutes, timeoutMinutes, said) => {
    expect(warnOfJobTimeLimit(jobMinutes, timeoutMinutes)).toEqual(said === null ? null : expect.stringContaining(said));
  });
});
