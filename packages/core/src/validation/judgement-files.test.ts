import { describe, expect, it } from '@jest/globals';

import { DEFAULT_JUDGEMENT, type Judgement } from '../domain/judgement.js';
import type { ValidationIssue } from '../kernel/errors.js';
import { JUDGEMENT_NAMES, parseJudgement } from './judgement.js';
import { parseOrgPolicy } from './org-policy.js';
import { checkWaiverTerms, parseWaivers } from './waivers.js';

function issuesOf(work: () => unknown): readonly ValidationIssue[] {
  try {
    work();
  } catch (error) {
    expect(error).toMatchObject({ name: 'ValidationError' });
    return (error as { readonly issues: readonly ValidationIssue[] }).issues;
  }
  return [];
}

describe('parseWaivers', () => {
  it('reads each kind, as YAML and as JSON', () => {
    const waivers = [
      { subject: { finding: '1234' }, reason: 'Only reached by tests.', owner: 'Ann', expires: '2027-02-28' },
      { subject: { finding: 'c1:CVE-2026-1' }, reason: 'r', owner: 'o', expires: '2028-02-29' },
      { subject: { fingerprint: '1:2:3:1:1:4:2:1' }, reason: 'r', owner: 'o', expires: '2027-01-01' },
      { subject: { path: 'src/legacy/**', cwe: 89 }, reason: 'r', owner: 'o', expires: '2027-01-01' },
    ];
    const yaml = [
      'version: 1',
      'waivers:',
      '  - { finding: 1234, reason: Only reached by tests., owner: " Ann ", expires: 2027-02-28 }',
      '  - { finding: "c1:CVE-2026-1", reason: r, owner: o, expires: "2028-02-29" }',
      '  - { fingerprint: "1:2:3:1:1:4:2:1", reason: r, owner: o, expires: 2027-01-01 }',
      '  - { path: src/legacy/**, cwe: 89, reason: r, owner: o, expires: 2027-01-01 }',
    ].join('\n');
    expect(parseWaivers(yaml)).toEqual(waivers);
    const json = { version: 1, waivers: waivers.map(({ subject, ...rest }) => ({ ...subject, ...rest })) };
    expect(parseWaivers(JSON.stringify(json))).toEqual(waivers);
    expect(parseWaivers('version: 1\nwaivers: []')).toEqual([]);
  });

  it.each<[name: string, text: string, path: string, got: string | RegExp]>([
    ['nothing', '', 'waivers', 'nothing'],
    ['a list', '[]', 'waivers', '[]'],
    ['another version', '{version: 2, waivers: []}', 'waivers', /^\{"version":2/u],
    ['no list', 'version: 1', 'waivers', '{"version":1}'],
    ['an unknown key', '{version: 1, waivers: [], wavers: []}', 'waivers', 'the unknown key "wavers"'],
    ['broken YAML', 'version: 1\nwaivers: [', 'waivers', /Flow sequence.* at line/u],
    ['a key twice', 'version: 1\nversion: 1\nwaivers: []', 'waivers', /unique/u],
    ['an unknown tag', 'version: !!js/function 1\nwaivers: []', 'waivers', /Unresolved tag/u],
    ['an alias', 'version: &a 1\nwaivers: []\nx: *a', 'waivers', /aliases/u],
    ['a waiver that is a text', '{version: 1, waivers: [all]}', 'waivers[0]', '"all"'],
  ])('refuses %s', (_name, text, path, got) => {
    expect(issuesOf(() => parseWaivers(text))[0]).toEqual({ path, got: typeof got === 'string' ? got : expect.stringMatching(got), wanted: expect.any(String) });
  });

  it.each<[name: string, change: Record<string, unknown>, path: string, got: string]>([
    ['about nothing', { finding: undefined }, '', 'nothing that it is about'],
    ['about two things', { fingerprint: 'x' }, '', 'finding and fingerprint'],
    ['about a path alone', { finding: undefined, path: 'src/**' }, '', 'path'],
    ['about a CWE alone', { finding: undefined, cwe: 89 }, '', 'cwe'],
    ['with a CWE that is a text', { finding: undefined, path: 'x', cwe: '89' }, '.cwe', '"89"'],
    ['with the CWE 0', { finding: undefined, path: 'x', cwe: 0 }, '.cwe', '0'],
    ['with half an id', { finding: 1.5 }, '.finding', '1.5'],
    ['without a reason', { reason: undefined }, '.reason', 'nothing'],
    ['with a blank reason', { reason: ' ' }, '.reason', '" "'],
    ['without an owner', { owner: null }, '.owner', 'nothing'],
    ['without an end', { expires: undefined }, '.expires', 'nothing'],
    ['with a day that does not exist', { expires: '2027-02-29' }, '.expires', '"2027-02-29"'],
    ['with another form of date', { expires: '31.12.2027' }, '.expires', '"31.12.2027"'],
    ['with a time', { expires: '2027-01-01T00:00:00Z' }, '.expires', '"2027-01-01T00:00:00Z"'],
    ['with an unknown key', { expiry: '2027-01-01' }, '', 'the unknown key "expiry"'],
  ])('refuses a waiver %s', (_name, change, path, got) => {
    const entry = { finding: '1', reason: 'r', owner: 'o', expires: '2027-01-01', ...change };
    const text = JSON.stringify({ version: 1, waivers: [{ finding: '0', reason: 'r', owner: 'o', expires: '2027-01-01' }, entry] });
    expect(issuesOf(() => parseWaivers(text))).toEqual([{ path: `waivers[1]${path}`, got, wanted: expect.any(String) }]);
  });

  it('lists every fault', () => {
    const text = JSON.stringify({ version: 1, waivers: [{ reason: '' }, { finding: '1', owner: 'o', expires: 'never', reason: 'r' }] });
    expect(issuesOf(() => parseWaivers(text)).map(({ path }) => path)).toEqual(['waivers[0]', 'waivers[0].reason', 'waivers[0].owner', 'waivers[0].expires', 'waivers[1].expires']);
  });
});

describe('checkWaiverTerms', () => {
  const terms = { maxDays: 30, nowMs: Date.parse('2026-11-25T12:00:00Z') };
  it.each([
    ['2026-12-24', 0],
    ['2026-12-25', 1],
    ['2020-01-01', 0],
  ])('%s: %p', (expires, faults) => {
    const issues = checkWaiverTerms([{ subject: { finding: '1' }, reason: 'r', owner: 'o', expires }], terms);
    expect(issues).toHaveLength(faults);
    if (faults > 0) expect(issues[0]).toEqual({ path: 'waivers[0].expires', got: `${expires}, which is 31 days ahead`, wanted: expect.stringContaining('30 days') });
  });
});

describe('parseJudgement', () => {
  it.each<[name: string, value: unknown, key: keyof Judgement, wanted: unknown]>([
    ['conditional-pass', 'fail', 'conditionalPass', 'fail'],
    ['fail-on-severity', 'very high', 'failOnSeverity', 5],
    ['fail-on-severity', 0, 'failOnSeverity', 0],
    ['fail-on-cwe', ['89', 'CWE-79,cwe20'], 'failOnCwe', [89, 79, 20]],
    ['fail-on-cwe', 89, 'failOnCwe', [89]],
    ['fail-on-cwe', [89, 89], 'failOnCwe', [89]],
    ['fail-on-cvss', '7.5', 'failOnCvss', 7.5],
    ['fail-on-cvss', 10, 'failOnCvss', 10],
    ['fail-on-licence-risk', 'medium', 'failOnLicenceRisk', 'medium'],
    ['max-findings', ['High=3', 'very-low = 0'], 'maxFindings', { 4: 3, 1: 0 }],
    ['max-findings', 'High=3,Medium=10', 'maxFindings', { 4: 3, 3: 10 }],
    ['max-findings', { High: 3 }, 'maxFindings', { 4: 3 }],
    ['max-finding-age', 90, 'maxFindingAge', 90],
    ['grace-period', 'expired', 'gracePeriod', 'expired'],
    ['proposed-mitigations', 'accepted', 'proposedMitigations', 'accepted'],
    ['new-only', true, 'newOnly', true],
    ['apply-mitigations', true, 'applyMitigations', true],
    ['waivers', 'allowed', 'waivers', 'allowed'],
    ['waiver-max-days', 30, 'waiverMaxDays', 30],
    ['report-only', false, 'reportOnly', false],
    ['missing-credentials', 'skip', 'missingCredentials', 'skip'],
    ['on-outage', 'fail', 'onOutage', 0],
    ['on-outage', 'warn:30', 'onOutage', 30],
    ['poll-interval', 300, 'pollInterval', 300],
    ['allow-fast-polling', true, 'allowFastPolling', true],
    ['lint', 'error', 'lint', 'error'],
    ['lint-ignore', 'allowed', 'lintIgnore', 'allowed'],
  ])('--%s %j', (name, value, key, wanted) => {
    expect(parseJudgement({ [name]: value })).toEqual({ given: { [key]: wanted }, issues: [] });
  });

  it.each<[name: string, value: unknown]>([
    ['conditional-pass', 'passed'],
    ['lint', 'warning'],
    ['lint-ignore', ['node-modules']],
    ['fail-on-severity', 6],
    ['fail-on-severity', 'critical'],
    ['fail-on-severity', null],
    ['fail-on-cwe', ''],
    ['fail-on-cwe', []],
    ['fail-on-cwe', '89,x'],
    ['fail-on-cwe', 0],
    ['fail-on-cwe', -89],
    ['fail-on-cvss', 10.1],
    ['fail-on-cvss', '-1'],
    ['fail-on-cvss', 'high'],
    ['fail-on-cvss', ''],
    ['fail-on-licence-risk', 'unknown'],
    ['max-findings', []],
    ['max-findings', 'High'],
    ['max-findings', 'High=-1'],
    ['max-findings', 'High=1.5'],
    ['max-findings', 'Grave=1'],
    ['max-findings', ['High=1', '4=2']],
    ['max-finding-age', 0],
    ['max-finding-age', '1e3'],
    ['new-only', 'yes'],
    ['apply-mitigations', 'hash'],
    ['waivers', 'some'],
    ['on-outage', 'warn'],
    ['on-outage', 'warn:0'],
    ['on-outage', 'warn:31'],
    ['on-outage', 'warn:1.5'],
    ['on-outage', true],
    ['poll-interval', 0],
  ])('refuses --%s %j', (name, value) => {
    expect(parseJudgement({ [name]: value })).toEqual({ given: {}, issues: [{ path: name, got: expect.any(String), wanted: expect.any(String) }] });
  });

  it('knows one name for each part of a judgement', () => {
    expect(JUDGEMENT_NAMES.map((name) => name.replace(/-([a-z])/gu, (_match, letter: string) => letter.toUpperCase())).toSorted()).toEqual(Object.keys(DEFAULT_JUDGEMENT).toSorted());
  });
});

describe('parseOrgPolicy', () => {
  it('leaves at its default what it does not name', () => {
    expect(parseOrgPolicy('version: 1\nfail-on-severity: high\nfail-on-cwe: [89, 79]\nwaivers: allowed')).toEqual({ ...DEFAULT_JUDGEMENT, failOnSeverity: 4, failOnCwe: [89, 79], waivers: 'allowed' });
  });

  it.each([
    ['an empty file', '', [{ path: 'orgPolicy', got: 'nothing' }]],
    ['no version', 'fail-on-severity: high', [{ path: 'orgPolicy' }]],
    ['broken text', '{', [{ path: 'orgPolicy' }]],
    ['two faults', 'version: 1\nfail-on-severty: high\non-outage: warn', [{ got: 'the unknown key "fail-on-severty"', wanted: 'perhaps "fail-on-severity"' }, { got: 'on-outage: "warn"' }]],
  ])('refuses %s', (_name, text, wanted) => {
    expect(issuesOf(() => parseOrgPolicy(text))).toMatchObject(wanted);
  });
});
