import { describe, expect, it } from '@jest/globals';
import { decodeApplicationProfile } from './application-profile.js';
import { decodeTeam, decodeUser } from './identity.js';
import { decodePolicy } from './policy.js';
import { decodeSandboxProfile } from './sandbox-profile.js';

describe('decodeApplicationProfile', () => {
  const decode = (profile: object, more: object = {}) => decodeApplicationProfile({ id: 1, guid: 'g', profile: { name: 'Shop', ...profile }, ...more }, 'x');

  it('does with what is always there', () => {
    expect(decode({ custom_fields: null, business_unit: null, tags: null })).toMatchObject({ criticality: null, policies: [], teams: [], businessUnit: null, tags: [], customFields: [], policyCheckedAt: null, scans: [] });
  });

  it.each([
    ['PASSED', 'pass'],
    ['CONDITIONAL_PASS', 'conditional-pass'],
    ['DID_NOT_PASS', 'did-not-pass'],
    ['NOT_ASSESSED', 'not-assessed'],
    ['DETERMINING', 'calculating'],
    ['VENDOR_REVIEW', 'unknown'],
    ['PASSED_WITH_HONOURS', 'unknown'],
    ['passed', 'unknown'],
    [undefined, 'unknown'],
    [true, 'unknown'],
  ])('reads the compliance %j as %s', (word, evaluation) => {
    expect(decode({ policies: [{ guid: 'p', name: 'P', policy_compliance_status: word }] }).policies[0]?.evaluation).toBe(evaluation);
  });

  it.each<[string, object, object]>([
    ['a policy without guid', { policies: [{ name: 'P' }] }, {}],
    ['teams that are no list', { teams: {} }, {}],
    ['a custom field without a name', { custom_fields: [{ value: 'x' }] }, {}],
    ['a check at no date', {}, { last_policy_compliance_check_date: '2026-02-30T00:00:00Z' }],
    ['a date as a number', {}, { created: 17 }],
  ])('refuses %s', (_name, profile, more) => {
    expect(() => decode(profile, more)).toThrow(expect.objectContaining({ name: 'ProtocolError', code: 'unexpected-shape' }));
  });
});

describe('decodeSandboxProfile', () => {
  const whole = { id: 1, guid: 'g', application_guid: 'a', name: 'dev' };
  it('does with what is always there', () => {
    expect(decodeSandboxProfile(whole, 'x')).toEqual({ guid: 'g', sandboxId: '1', applicationGuid: 'a', name: 'dev', owner: null, createdAt: null, modifiedAt: null, autoRecreate: false, customFields: [] });
  });
  it.each(['id', 'guid', 'application_guid', 'name'])('refuses one without %s', (field) => {
    expect(() => decodeSandboxProfile({ ...whole, [field]: undefined }, 'x')).toThrow(/is missing/);
  });
});

describe('decodePolicy', () => {
  const decode = (more: object) => decodePolicy({ guid: 'g', version: 1, name: 'P', ...more }, 'x');

  it.each([
    ['MAX_SEVERITY', '3', { kind: 'severity', severity: 3 }],
    ['MAX_SEVERITY', '0', { kind: 'severity', severity: 0 }],
    ['MAX_SEVERITY', '6', { kind: 'unknown' }],
    ['MAX_SEVERITY', 'high', { kind: 'unknown' }],
    ['MAX_SEVERITY', '', { kind: 'unknown' }],
    ['CWE', '78', { kind: 'cwe', cwes: [78] }],
    ['CWE', '78, CWE-89', { kind: 'cwe', cwes: [78, 89] }],
    ['CWE', '78,all', { kind: 'unknown' }],
    ['CWE', '', { kind: 'unknown' }],
    ['CATEGORY', '19,20', { kind: 'category', categories: ['19', '20'] }],
    ['FAIL_ALL', 'Static Analysis', { kind: 'fail-all' }],
    ['CVSS', '7.5', { kind: 'cvss', score: 7.5 }],
    ['CVSS', 'x', { kind: 'unknown' }],
    ['CVE', 'CVE-2021-44228', { kind: 'cve', cves: ['CVE-2021-44228'] }],
    ['BLACKLIST', '', { kind: 'component-blocklist' }],
    ['ALLOWLIST', '', { kind: 'component-allowlist' }],
    ['MIN_SCORE', '80', { kind: 'minimum-score', score: 80 }],
    ['SECURITY_STANDARD', 'owasp', { kind: 'security-standard', standards: ['owasp'] }],
    ['LICENSE_RISK', '3', { kind: 'license-risk', risk: '3' }],
    ['LICENSE_RISK', '', { kind: 'unknown' }],
    ['MOON_PHASE', 'full', { kind: 'unknown' }],
  ])('reads the rule %s %j as %j, and keeps it', (type, value, requirement) => {
    expect(decode({ finding_rules: [{ type, value, scan_type: ['STATIC'] }] }).rules).toEqual([{ type, value, scanTypes: ['STATIC'], requirement }]);
  });

  it('reads the scan types in both spellings', () => {
    const rules = [{ type: 'FAIL_ALL', scan_types: ['DYNAMIC'] }, { type: 'FAIL_ALL' }];
    expect(decode({ finding_rules: rules }).rules.map(({ scanTypes }) => scanTypes)).toEqual([['DYNAMIC'], []]);
  });

  it('reads frequencies, custom severities and grace periods', () => {
    expect(decode({ scan_frequency_rules: [{ scan_type: 'STATIC', frequency: 'QUARTERLY' }], custom_severities: [{ cwe: 89, severity: 5 }], sev5_grace_period: 7, score_grace_period: 1, sca_blacklist_grace_period: 2 })).toMatchObject({
      scanFrequencies: [{ scanType: 'STATIC', frequency: 'QUARTERLY' }],
      customSeverities: [{ cwe: 89, severity: 5 }],
      graceDaysBySeverity: [0, 0, 0, 0, 0, 7],
      scoreGraceDays: 1,
      blocklistGraceDays: 2,
    });
  });

  it.each<[string, object]>([
    ['no version', { version: null }],
    ['a rule without a type', { finding_rules: [{ value: '3' }] }],
    ['rules that are no list', { finding_rules: 'none' }],
    ['a severity that is none', { custom_severities: [{ cwe: 89, severity: 9 }] }],
    ['a CWE as text', { custom_severities: [{ cwe: '89', severity: 5 }] }],
  ])('refuses %s', (_name, more) => {
    expect(() => decode(more)).toThrow(expect.objectContaining({ name: 'ProtocolError', code: 'unexpected-shape' }));
  });
});

describe('decodeUser', () => {
  const decode = (more: object) => decodeUser({ user_id: 'u', user_name: 'ci', ...more }, 'x');
  const roles = (...names: string[]) => ({ roles: names.map((name) => ({ role_name: name })) });

  it.each<[string, object, boolean]>([
    ['nothing', {}, false],
    ['the type', { user_type: 'API' }, true],
    ['the type of a person', { user_type: 'HUMAN' }, false],
    ['the permission', { user_type: 'HUMAN', permissions: [{ permission_name: 'apiUser' }] }, true],
    ['another permission', { permissions: [{ permission_name: 'humanUser' }, {}] }, false],
    ['nothing but API roles', roles('uploadapi', 'resultsapi'), true],
    ['a role among them that is none', roles('uploadapi', 'extcreator'), false],
  ])('sees a service account by %s: %#', (_name, more, isServiceAccount) => {
    expect(decode(more).isServiceAccount).toBe(isServiceAccount);
  });

  it('takes roles that are new', () => {
    expect(decode(roles('moonapi')).roles).toEqual([{ name: 'moonapi', description: null }]);
  });

  it.each([[{ user_id: '' }], [{ user_name: 7 }], [{ roles: [{}] }], [{ teams: [{}] }], [{ organization: {} }]])('refuses %j', (more) => {
    expect(() => decode(more)).toThrow(expect.objectContaining({ code: 'unexpected-shape' }));
  });

  it('reads a team with and without its old number', () => {
    expect(decodeTeam({ team_id: 't', team_name: 'Blue', team_legacy_id: 7 }, 'x')).toEqual({ guid: 't', name: 'Blue', legacyId: '7' });
    expect(decodeTeam({ team_id: 't', team_name: 'Blue' }, 'x').legacyId).toBeNull();
  });
});
