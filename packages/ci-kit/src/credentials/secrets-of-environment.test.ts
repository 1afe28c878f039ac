import { Secret, type Env } from '@verapipe/core';
import { describe, expect, it } from '@jest/globals';

import { createRunRedactor } from './secrets-of-environment.js';

describe('createRunRedactor', () => {
  it.each<[name: string, env: Env, text: string, wanted: string]>([
    ['a key as it stands there, also a bad one', { VERACODE_API_KEY_SECRET: ' not-a-key ' }, 'x not-a-key x', 'x [redacted] x'],
    ['the password of a proxy', { VERAPIPE_PROXY: 'http://me:p%40ss%21word@proxy:3128' }, 'p@ss!word p%40ss%21word', '[redacted] [redacted]'],
    ['a proxy without scheme', { https_proxy: 'me:password1@proxy:3128' }, 'password1', '[redacted]'],
    ['a password with a stray %', { ALL_PROXY: 'http://me:50%off@proxy' }, '50%off', '[redacted]'],
    ['a proxy that is none', { HTTPS_PROXY: '::' }, 'text', 'text'],
    ['an empty environment', {}, 'text', 'text'],
  ])('knows %s', (_name, env, text, wanted) => {
    expect(createRunRedactor(env)(text)).toBe(wanted);
  });

  it('knows the secrets that were found elsewhere as well', () => {
    const redact = createRunRedactor({ VERACODE_API_KEY_SECRET: 'first-key' }, [new Secret('second-key')]);
    expect(redact('first-key second-key')).toBe('[redacted] [redacted]');
  });
});
