import { describe, expect, it } from '@jest/globals';
import { accountKindOf, personalMailboxHint } from './account-kind.js';
import { judgeRoles, leastRolesFor, ROLE_PURPOSES, ROLES_FOR } from './roles.js';

describe('ROLES_FOR', () => {
  it.each(ROLE_PURPOSES)('names a least role that is enough, and says when an advised one is wanted: %s', (purpose) => {
    for (const need of ROLES_FOR[purpose]) {
      expect(need.anyOf[0]).toBe(need.leastRole);
      expect(need.when === null).toBe(need.strength === 'needed');
    }
    expect(judgeRoles(leastRolesFor(purpose), purpose).filter(({ met, strength }) => !met && strength === 'needed')).toEqual([]);
  });

  it.each([
    ['scan', ['uploadapi', 'resultsapi', 'apisubmitstaticscan']],
    ['pipeline-scan', ['submitterapi', 'apisubmitstaticscan']],
    ['findings', ['resultsapi']],
    ['sandbox', ['uploadapi']],
    ['credentials', ['adminapi']],
  ] as const)('the least roles for %s', (purpose, roles) => {
    expect(leastRolesFor(purpose)).toEqual(roles);
  });
});

describe('judgeRoles', () => {
  it.each([
    ['nothing', [], ['upload and scan', 'read results', 'submit static scans']],
    ['a submitter', ['submitterapi'], ['read results', 'submit static scans']],
    ['a role of the future', ['omnipotentapi'], ['upload and scan', 'read results', 'submit static scans']],
    ['a Security Lead', ['extseclead'], []],
    ['the roles that a published request gives', ['noteamrestrictionapi', 'apisubmitanyscan', 'uploadapi', 'resultsapi'], []],
  ])('%s lacks for a scan', (_name, roles, missing) => {
    expect(judgeRoles(roles, 'scan').filter(({ met }) => !met).map(({ toDo }) => toDo)).toEqual(missing);
  });
});

describe('accountKindOf', () => {
  it('warns of a person’s account, and says why', () => {
    expect(accountKindOf({ isServiceAccount: true, userName: 'ci' })).toEqual({ kind: 'service-account', warning: null });
    expect(accountKindOf({ isServiceAccount: false, userName: 'ann' })).toEqual({ kind: 'person', warning: expect.stringContaining('"ann" is a person') });
  });
});

describe('personalMailboxHint', () => {
  it.each([
    ['ann.lee@example.com', true],
    ['Ann_Lee@example.com', true],
    ['ann.lee+veracode@example.com', true],
    ['coder77@gmail.com', true],
    ['lee@example.com', false],
    ['appsec-team@example.com', false],
    ['ci.builds@example.com', false],
    ['security@gmail.com', false],
    ['web-shop-ci2@example.com', false],
    ['', false],
    ['no mailbox', false],
    [null, false],
  ])('%s: %s', (email, hinted) => {
    expect(personalMailboxHint({ email, firstName: null, lastName: null }) !== null).toBe(hinted);
  });

  it('knows a person by the name of the account', () => {
    expect(personalMailboxHint({ email: 'ann.b.lee@example.com', firstName: 'Ann', lastName: 'Lee' })).toContain('ann.b.lee@example.com');
    expect(personalMailboxHint({ email: 'web.shop.x@example.com', firstName: 'API', lastName: 'shop' })).toBeNull();
  });
});
