import { describe, expect, it } from '@jest/globals';

import { machineProxy } from './machine-proxy.js';

const PROXY = { url: 'http://proxy:3128', username: '', password: '', exceptions: '' };

describe('the proxy of an agent', () => {
  it.each<[name: string, proxy: Partial<typeof PROXY>, wanted: string | null]>([
    ['is none', { url: '' }, null],
    ['has no login', {}, 'http://proxy:3128'],
    ['has a login, encoded', { username: 'corp\\ada', password: 'p@ss:/?#' }, 'http://corp%5Cada:p%40ss%3A%2F%3F%23@proxy:3128/'],
    ['has the login that stands in its address', { url: 'http://ada:pw@proxy:3128' }, 'http://ada:pw@proxy:3128'],
    ['is no address', { url: 'proxy:port', username: 'ada' }, 'proxy:port'],
    ['has a list of exceptions that is none', { exceptions: '{' }, 'http://proxy:3128'],
    ['has exceptions for others', { exceptions: '["other\\\\.example", ""]' }, 'http://proxy:3128'],
    ['has an exception', { exceptions: '["GATE\\\\.corp"]' }, null],
    ['has an exception with a star, as people write it', { exceptions: '["*.corp"]' }, null],
    ['has an exception with a star, as the agent hands on no_proxy', { exceptions: '["*\\\\.corp"]' }, null],
    ['has a star for everything', { exceptions: '["*"]' }, null],
    ['has a star for others', { exceptions: '["*.other.example"]' }, 'http://proxy:3128'],
  ])('%s', (_name, proxy, wanted) => {
    expect(machineProxy({ ...PROXY, ...proxy })('https://gate.corp/api')).toBe(wanted);
  });
});
