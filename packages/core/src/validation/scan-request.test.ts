import { describe, expect, it } from '@jest/globals';

import { ValidationError } from '../kernel/errors.js';
import type { ArtifactCandidate } from './artifacts.js';
import { parseScanRequest, type RawScanRequest } from './scan-request.js';

const REAL = { xmlBaseUrl: 'https://analysiscenter.veracode.com' };
const LOOPBACK = { xmlBaseUrl: 'http://127.0.0.1:4010' };

function candidate(more: Partial<ArtifactCandidate> = {}): ArtifactCandidate {
  return { path: 'build/shop.war', name: 'shop.war', sizeBytes: 17, fingerprint: { modifiedMs: 1, inode: '1' }, problem: null, ...more };
}

function raw(more: Partial<RawScanRequest> = {}): RawScanRequest {
  return {
    application: 'Shop',
    sandbox: null,
    createProfile: false,
    updateProfile: false,
    createSandbox: false,
    criticality: null,
    teams: [],
    policy: null,
    businessUnit: null,
    tags: [],
    description: null,
    repositoryUrl: null,
    scanName: 'Jenkins 17',
    scanNameSuffixes: [],
    earlierScanNames: null,
    artifacts: [candidate()],
    modules: 'all-non-fatal',
    includeModules: [],
    excludeModules: [],
    deleteIncomplete: 'never',
    waitTurn: false,
    keepFailedBuild: false,
    wait: true,
    timeoutMinutes: 360,
    pollIntervalSeconds: null,
    allowFastPolling: false,
    ...more,
  };
}

function issuesOf(more: Partial<RawScanRequest>, hosts = REAL): ValidationError['issues'] {
  try {
    parseScanRequest(raw(more), hosts);
  } catch (error) {
    if (error instanceof ValidationError) return error.issues;
    throw error;
  }
  return [];
}

describe('parseScanRequest', () => {
  it('turns the units of people into milliseconds', () => {
    const { request, warnings } = parseScanRequest(raw({ criticality: 'Low', teams: ['Blue'], createProfile: true }), REAL);
    expect(request).toMatchObject({
      application: { name: 'Shop', create: true, fields: { criticality: 'Low', teams: ['Blue'] } },
      timeoutMs: 21_600_000,
      pollIntervalMs: 120_000,
      artifacts: [{ path: 'build/shop.war', name: 'shop.war' }],
    });
    expect(request.artifacts[0]).not.toHaveProperty('problem');
    expect(warnings).toEqual([]);
  });

  it('lists every fault at once', () => {
    const issues = issuesOf({ application: null, artifacts: [], timeoutMinutes: 0, pollIntervalSeconds: 10, createSandbox: true });
    expect(issues.map(({ path }) => path).toSorted()).toEqual(['app', 'createSandbox', 'file', 'pollInterval', 'timeout']);
  });

  it.each<[string, Partial<RawScanRequest>, string, RegExp]>([
    ['an empty name', { application: ' ' }, 'app', /a name/],
    ['blanks around a name', { application: ' Shop' }, 'app', /blanks/],
    ['control characters', { sandbox: 'a\nb' }, 'sandbox', /control/],
    ['a long name', { scanName: 'x'.repeat(256) }, 'scanName', /255/],
    ['a comma in a team', { teams: ['a,b'] }, 'team', /comma/],
    ['an empty tag', { tags: [' '] }, 'tag', /one name/],
    ['no URL', { repositoryUrl: 'shop' }, 'repoUrl', /absolute URL/],
    ['modules and patterns', { modules: 'previous', includeModules: ['a'] }, 'modules', /not both/],
    ['a year', { timeoutMinutes: 525_600 }, 'timeout', /at most/],
  ])('refuses %s', (_name, more, path, wanted) => {
    expect(issuesOf(more)).toEqual([{ path, got: expect.any(String), wanted: expect.stringMatching(wanted) }]);
  });

  it('says that fields of a profile have no effect', () => {
    expect(parseScanRequest(raw({ policy: 'Strict' }), REAL).warnings).toEqual([expect.stringContaining('--update-profile')]);
    expect(parseScanRequest(raw({ policy: 'Strict', updateProfile: true }), REAL).warnings).toEqual([]);
  });
});

describe('the polling interval', () => {
  it.each<[number | null, boolean, typeof REAL, number | RegExp]>([
    [null, false, REAL, 120_000],
    [120, false, REAL, 120_000],
    [119, false, REAL, /two minutes or more/],
    [10, false, REAL, /Veracode's API best practices/],
    [30, true, REAL, 30_000],
    [29, true, REAL, /at least 30 s/],
    [3601, false, REAL, /at most 3600 s/],
    [null, false, LOOPBACK, 1000],
    [1, false, LOOPBACK, 1000],
    [0.5, false, LOOPBACK, /at least 1 s/],
    [Number.NaN, false, LOOPBACK, /at most/],
  ])('%p s, allowed fast: %p, at %j', (pollIntervalSeconds, allowFastPolling, hosts, expected) => {
    const more = { pollIntervalSeconds, allowFastPolling };
    if (typeof expected === 'number') {
      expect(parseScanRequest(raw(more), hosts).request.pollIntervalMs).toBe(expected);
    } else {
      expect(issuesOf(more, hosts)).toEqual([{ path: 'pollInterval', got: expect.any(String), wanted: expect.stringMatching(expected) }]);
    }
  });

  it('is warned about when it is fast and allowed', () => {
    const { warnings } = parseScanRequest(raw({ pollIntervalSeconds: 60, allowFastPolling: true }), REAL);
    expect(warnings).toEqual([expect.stringContaining('120 s')]);
  });
});

describe('artifacts', () => {
  it.each<[string, Partial<ArtifactCandidate>, RegExp]>([
    ['what cannot be read', { problem: { got: 'a folder', wanted: 'a file' } }, /a file/],
    ['an empty file', { sizeBytes: 0 }, /something to scan/],
    ['one byte over 2 GB', { sizeBytes: 2 ** 31 + 1 }, /2 GB/],
    ['a name with a slash', { name: 'a/b.war' }, /without \//],
    ['a hidden name', { name: '.war' }, /dot/],
    ['a name that ends in a dot', { name: 'war.' }, /dot/],
    ['a name with blanks around', { name: ' a.war' }, /blanks/],
    ['a name with a line end', { name: 'a\nb.war' }, /printable/],
    ['a name with a direction mark', { name: 'a\u202eraw.b' }, /printable/],
    ['a long name', { name: 'x'.repeat(256) }, /255/],
    ['no name', { name: '' }, /a name/],
  ])('refuses %s', (_name, more, wanted) => {
    expect(issuesOf({ artifacts: [candidate(more)] })).toEqual([
      { path: 'file[0]', got: expect.any(String), wanted: expect.stringMatching(wanted) },
    ]);
  });

  it.each(['bücher.war', 'a b.war', "it's.war", '-rf.war', '日本.jar', 'a"b.jar'])('takes the name %s', (name) => {
    expect(issuesOf({ artifacts: [candidate({ name })] })).toEqual([]);
  });

  it('takes exactly 2 GB', () => {
    expect(issuesOf({ artifacts: [candidate({ sizeBytes: 2 ** 31 })] })).toEqual([]);
  });

  it.each([
    ['in one case', 'shop.war', 'shop.war'],
    ['in two cases', 'shop.war', 'Shop.war'],
  ])('refuses two files of one name %s, with both paths', (_name, first, second) => {
    const artifacts = [candidate({ path: 'a/x', name: first }), candidate({ path: 'b/x', name: second })];
    expect(issuesOf({ artifacts })).toEqual([{ path: 'file', got: expect.stringMatching(/"a\/x", "b\/x"/), wanted: expect.stringContaining('--save-as') }]);
  });

  it('refuses more than 5 GB together, and more than 50,000', () => {
    const big = ['a', 'b', 'c'].map((name) => candidate({ name, sizeBytes: 2 ** 31 }));
    expect(issuesOf({ artifacts: big })).toEqual([{ path: 'file', got: expect.any(String), wanted: expect.stringContaining('5 GB') }]);
    const many = Array.from({ length: 50_001 }, (_, index) => candidate({ name: `f${index}` }));
    expect(issuesOf({ artifacts: many })).toEqual([{ path: 'file', got: '50001 files', wanted: 'at most 50000' }]);
  });
});
