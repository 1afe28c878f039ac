import { describe, expect, it } from '@jest/globals';

import { proxyVariables } from './proxy-variables.js';

const EUROPE_DIRECT = (url: string): string | null => (url.includes('veracode.eu') ? null : 'http://proxy:3128');

describe('the proxy of the machine', () => {
  it.each<[name: string, env: Record<string, string>, proxyFor: (url: string) => string | null, platformUrl: string | null, wanted: object]>([
    ['is handed on, with its exceptions as hosts', {}, EUROPE_DIRECT, null, { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'analysiscenter.veracode.eu,api.veracode.eu' }],
    ['is handed on beside exceptions of the run', { no_proxy: 'here' }, EUROPE_DIRECT, null, { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'here,analysiscenter.veracode.eu,api.veracode.eu' }],
    ['is asked for the one platform there is', {}, EUROPE_DIRECT, 'https://analysiscenter.veracode.eu', {}],
    ['gives way to the own one of the run', { https_proxy: 'http://own:1' }, EUROPE_DIRECT, null, {}],
    ['is none where every host is an exception', {}, () => null, null, {}],
    ['does not stumble over an address that is none', {}, EUROPE_DIRECT, 'not an address', { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '' }],
  ])('%s', (_name, env, proxyFor, platformUrl, wanted) => {
    expect(proxyVariables(env, proxyFor, platformUrl)).toEqual(wanted);
  });
});
