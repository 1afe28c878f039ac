import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parseProxy, proxyFor } from './proxy.js';

const PLATFORM = 'https://analysiscenter.veracode.com/api/5.0/x.do';

describe('proxyFor', () => {
  const P = 'http://proxy.test:3128';
  it.each([
    ['nothing', PLATFORM, {}, null],
    ['the option', PLATFORM, { proxy: P }, P],
    ['the option before the environment', PLATFORM, { proxy: P, env: { HTTPS_PROXY: 'http://other:1' } }, P],
    ['HTTPS_PROXY', PLATFORM, { env: { HTTPS_PROXY: P } }, P],
    ['the lower-case name first', PLATFORM, { env: { HTTPS_PROXY: 'http://other:1', https_proxy: P } }, P],
    ['ALL_PROXY last', PLATFORM, { env: { ALL_PROXY: P } }, P],
    ['no HTTP_PROXY', PLATFORM, { env: { HTTP_PROXY: P } }, null],
    ['an empty variable', PLATFORM, { env: { HTTPS_PROXY: ' ', ALL_PROXY: P } }, P],
    ['nothing from the environment for this machine', 'http://127.0.0.1:4010/', { env: { ALL_PROXY: P } }, null],
    ['the option for this machine', 'http://127.0.0.1:4010/', { proxy: P }, P],
    ['NO_PROXY with the host', PLATFORM, { proxy: P, env: { NO_PROXY: 'a.test, analysiscenter.veracode.com' } }, null],
    ['NO_PROXY in another case', PLATFORM, { proxy: P, env: { NO_PROXY: 'AnalysisCenter.Veracode.COM' } }, null],
    ['NO_PROXY with the domain', PLATFORM, { proxy: P, env: { no_proxy: 'veracode.com' } }, null],
    ['NO_PROXY with a dot', PLATFORM, { proxy: P, env: { no_proxy: '.veracode.com' } }, null],
    ['NO_PROXY with a star and a dot', PLATFORM, { proxy: P, env: { no_proxy: '*.veracode.com' } }, null],
    ['NO_PROXY with everything', PLATFORM, { proxy: P, env: { no_proxy: '*' } }, null],
    ['NO_PROXY with our port', PLATFORM, { proxy: P, env: { no_proxy: 'veracode.com:443' } }, null],
    ['NO_PROXY with another port', PLATFORM, { proxy: P, env: { no_proxy: 'veracode.com:8443' } }, P],
    ['NO_PROXY with our port, plain', 'http://localhost/', { proxy: P, env: { no_proxy: 'localhost:80' } }, null],
    ['NO_PROXY with our own port', 'http://localhost:81/', { proxy: P, env: { no_proxy: 'localhost:81' } }, null],
    ['NO_PROXY with an IPv6 host', 'http://[::1]:81/', { proxy: P, env: { no_proxy: '[::1]' } }, null],
    ['NO_PROXY with an IPv6 host and its port', 'http://[::1]:81/', { proxy: P, env: { no_proxy: '[::1]:81' } }, null],
    ['NO_PROXY with an IPv6 host and another port', 'http://[::1]:81/', { proxy: P, env: { no_proxy: '[::1]:82' } }, P],
    ['NO_PROXY with an IPv6 host without brackets', 'http://[fd00::81]:82/', { proxy: P, env: { no_proxy: 'fd00::81' } }, null],
    ['NO_PROXY with an end of the name that is no domain', PLATFORM, { proxy: P, env: { no_proxy: 'code.com' } }, P],
    ['NO_PROXY with several blanks', PLATFORM, { proxy: P, env: { no_proxy: ' x.test ,,  veracode.com ' } }, null],
    ['NO_PROXY with blanks only', 'http://stryker/', { proxy: P, env: { no_proxy: ' , ' } }, P],
    ['NO_PROXY with the host of a longer name', 'https://x.test/', { proxy: P, env: { no_proxy: 'y.x.test' } }, P],
    ['NO_PROXY before NO_PROXY', PLATFORM, { proxy: P, env: { no_proxy: 'x.test', NO_PROXY: '*' } }, P],
  ])('obeys %s', (_name, url, options, expected) => {
    expect(proxyFor(new URL(url), options)?.url ?? null).toBe(expected);
  });

  it.each(['x socks5://y', 'ftp:http:', 'http://', 'https:///'])('refuses %j as the option, and says how it is written', (proxy) => {
    expect(() => proxyFor(new URL(PLATFORM), { proxy })).toThrow(
      expect.objectContaining({
        code: 'invalid-proxy',
        issues: [{ path: 'proxy', got: expect.any(String), wanted: 'http://[user:password@]host:port' }],
      }),
    );
  });

  it('names the variable that holds nonsense', () => {
    expect(() => proxyFor(new URL(PLATFORM), { env: { https_proxy: 'socks5://x:1' } })).toThrow(/^https_proxy: got a socks5: URL/);
  });
});

describe('parseProxy', () => {
  it.each([
    ['a URL', 'http://proxy.test:3128', 'http://proxy.test:3128', null],
    ['a TLS proxy', 'https://proxy.test', 'https://proxy.test', null],
    ['host and port', 'proxy.test:3128/', 'http://proxy.test:3128', null],
    ['a login', 'http://us%40er:p%3Aw@proxy.test:3128', 'http://proxy.test:3128', ['us@er', 'p:w']],
    ['a user only', 'http://user@proxy.test:3128', 'http://proxy.test:3128', ['user', '']],
  ])('reads %s', (_name, text, url, login) => {
    const proxy = parseProxy(text, 'proxy');
    expect(proxy.url).toBe(url);
    expect(proxy.login === null ? null : [proxy.login.user, proxy.login.password.reveal()]).toEqual(login);
    expect(inspect(proxy)).not.toContain('p:w');
  });

  it.each([
    ['words', 'http://not a url', /no URL/],
    ['another scheme', 'socks5://user:hunter2@proxy.test', /a socks5: URL/],
    ['a stray percent sign', 'http://user:hunter2%@proxy.test', /stray %/],
    ['no host', 'http://', /no URL/],
  ])('refuses %s without showing it', (_name, text, message) => {
    const act = (): unknown => parseProxy(text, 'proxy');
    expect(act).toThrow(expect.objectContaining({ name: 'ValidationError', code: 'invalid-proxy' }));
    expect(act).toThrow(message);
    expect(act).not.toThrow(/hunter2/);
  });
});
