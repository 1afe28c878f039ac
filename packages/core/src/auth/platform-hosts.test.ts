import { describe, expect, it } from '@jest/globals';
import { hostsOfPlatformUrl, hostsOfRegion, regionOfHosts, statusPageOf } from './platform-hosts.js';
import { REGIONS } from './region.js';

describe('hostsOfRegion', () => {
  it.each(REGIONS)('knows two https hosts of %s', (region) => {
    const { xmlBaseUrl, restBaseUrl } = hostsOfRegion(region);
    expect(xmlBaseUrl).toMatch(/^https:\/\/analysiscenter\.veracode\.(com|eu|us)$/);
    expect(restBaseUrl).toBe(xmlBaseUrl.replace('analysiscenter', 'api'));
  });
});

describe('regionOfHosts and statusPageOf', () => {
  it.each([
    ['global', 'https://status.veracode.com'],
    ['european', 'https://status.veracode.eu'],
    ['fedramp', 'https://status.veracode.us'],
  ] as const)('tell the region %s and its public page by its hosts', (region, page) => {
    expect(regionOfHosts(hostsOfRegion(region))).toBe(region);
    expect(statusPageOf(hostsOfRegion(region))).toBe(page);
  });

  it('tell nothing of an emulator or a gateway', () => {
    const hosts = hostsOfPlatformUrl('https://gateway.test/veracode');
    expect(regionOfHosts(hosts)).toBeNull();
    expect(statusPageOf(hosts)).toBeNull();
  });
});

describe('hostsOfPlatformUrl', () => {
  it.each([
    ['an emulator', 'http://127.0.0.1:4010', 'http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['an emulator by name', 'http://localhost:4010/', 'http://localhost:4010', 'http://localhost:4010'],
    ['an emulator over IPv6', 'http://[::1]:4010/', 'http://[::1]:4010', 'http://[::1]:4010'],
    ['a gateway with a path', 'https://Gateway.test/veracode//', 'https://gateway.test/veracode', 'https://gateway.test/veracode'],
    ['the XML host of a region', 'https://analysiscenter.veracode.eu/', 'https://analysiscenter.veracode.eu', 'https://api.veracode.eu'],
    ['the REST host of a region', 'https://api.veracode.us', 'https://analysiscenter.veracode.us', 'https://api.veracode.us'],
  ])('takes %s', (_name, url, xmlBaseUrl, restBaseUrl) => {
    expect(hostsOfPlatformUrl(url)).toEqual({ xmlBaseUrl, restBaseUrl });
  });

  it.each([
    ['a bare host', 'veracode.test', /^platformUrl: .*no absolute URL.*https:\/\/host/],
    ['nothing', '', /no absolute URL/],
    ['plain http', 'http://veracode.test', /plain http: only to this machine/],
    ['plain http to something that only looks local', 'http://localhost.evil.test', /plain http:/],
    ['plain http to an address that only looks local', 'http://127.0.0.1.evil.test', /plain http:/],
    ['another scheme', 'ftp://127.0.0.1', /ftp:/],
    ['a query', 'https://veracode.test/?a=1', /query or fragment/],
    ['a fragment', 'https://veracode.test/#a', /query or fragment/],
    ['a user', 'https://user@veracode.test/', /with a user name/],
    ['a password', 'https://:hunter2@veracode.test/', /with a user name/],
  ])('refuses %s', (_name, url, message) => {
    const act = (): unknown => hostsOfPlatformUrl(url);
    expect(act).toThrow(expect.objectContaining({ name: 'ValidationError', code: 'invalid-platform-url' }));
    expect(act).toThrow(message);
    expect(act).not.toThrow(/hunter2/);
  });
});
