import type { Env } from '@verapipe/core';
import { describe, expect, it } from '@jest/globals';

import type { Setting } from '../options/read-options.js';
import { warnOfGivenSecrets } from './given-secrets.js';

const KEY = 'c0ffee42'.repeat(16);
const GITLAB: Env = { GITLAB_CI: 'true', CI: 'true' };
const AZURE: Env = { TF_BUILD: 'True' };
const BITBUCKET: Env = { CI: 'true', BITBUCKET_BUILD_NUMBER: '3', BITBUCKET_COMMIT: 'abc' };
const JENKINS: Env = { JENKINS_URL: 'https://ci.test/', JOB_NAME: 'a', BUILD_NUMBER: '3' };

describe('warnOfGivenSecrets', () => {
  it.each<[name: string, env: Env, wanted: RegExp]>([
    ['GitLab', GITLAB, /In GitLab: .*masked \(and hidden\) and protected variables/u],
    ['Azure', AZURE, /In Azure Pipelines: .*secret variables.*env: \{/u],
    ['Bitbucket', BITBUCKET, /In Bitbucket: .*secured variables/u],
    ['Jenkins', JENKINS, /In Jenkins: .*withCredentials/u],
    ['any other place', {}, /secret store of the CI/u],
  ])('tells the right way of %s', (_name, env, wanted) => {
    expect(warnOfGivenSecrets(['--app', KEY], [], env)).toMatch(wanted);
  });

  it.each<[name: string, words: readonly string[], settings: readonly Setting[], env: Env]>([
    ['a key alone', [KEY], [], {}],
    ['a key with its prefix, in capitals', [`VERA01ES-${KEY.toUpperCase()}`], [], {}],
    ['a key inside of a value', [`--description=use ${KEY}`], [], {}],
    ['the option of another tool, whatever its value', ['-vkey', 'abc'], [{ name: 'vkey', value: 'abc' }], {}],
    ['the option in another spelling', ['--veracode_api_key=x'], [{ name: 'veracode_api_key', value: 'x' }], {}],
    ['a variable that is an option', [], [], { VERAPIPE_DESCRIPTION: KEY }],
  ])('sees %s, and shows nothing of it', (_name, words, settings, env) => {
    const warning = warnOfGivenSecrets(words, settings, env);
    expect(warning).toMatch(/^An API secret key seems to stand /u);
    expect(warning).not.toMatch(/c0ffee|abc/iu);
  });

  it.each<[name: string, words: readonly string[], settings: readonly Setting[], env: Env]>([
    ['a plain command', ['--app', 'Shop', '--file', 'a.jar'], [{ name: 'app', value: 'Shop' }], GITLAB],
    ['an id, a commit, a checksum', ['0123456789abcdef'.repeat(2), 'a'.repeat(40), 'b'.repeat(64)], [], GITLAB],
    ['a key where it belongs', [], [], { ...GITLAB, VERACODE_API_KEY_SECRET: KEY }],
    ['the option without a value', ['-vkey'], [{ name: 'vkey', value: null }], GITLAB],
  ])('is quiet about %s', (_name, words, settings, env) => {
    expect(warnOfGivenSecrets(words, settings, env)).toBeNull();
  });
});
