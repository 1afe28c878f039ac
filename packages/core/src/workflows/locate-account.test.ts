import { beforeEach, describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { locateAccount, locateTeams } from './locate-account.js';

const [USERS, USER_SEARCH] = ['GET /api/authn/v2/users', 'GET /api/authn/v2/users/search'];

let platform: EmulatedPlatform;

beforeEach(async () => {
  platform = await startEmulatedPlatform({
    teams: ['Blue', 'Green'],
    accounts: [
      { userName: 'admin', roles: ['adminapi'] },
      { userName: 'ci', email: 'ci@example.com', roles: ['uploadapi'] },
      { userName: 'ci-two', email: 'ci@example.com' },
      { userName: 'ann', email: 'ann@example.com', roles: ['resultsapi'], teams: ['Blue'] },
    ],
  });
});

const guidOf = async (name: string): Promise<string> => (await locateAccount(platform.client, name)).guid;
const apiIdOf = (account: number): string => platform.emulator.credentials[account]?.apiId ?? '';

describe('locateAccount', () => {
  it.each<[name: string, given: () => string | Promise<string>, userName: string, roles: readonly string[], calls: readonly string[]]>([
    ['the user name', () => 'ci', 'ci', ['uploadapi'], [USERS]],
    ['the user name between blanks', () => ' ci ', 'ci', ['uploadapi'], [USERS]],
    ['the mail address', () => 'ann@example.com', 'ann', ['resultsapi'], [USERS, USERS]],
    ['the API id', () => apiIdOf(3), 'ann', ['resultsapi'], [USERS, USER_SEARCH]],
    ['the guid', () => guidOf('ann'), 'ann', ['resultsapi'], [USERS, USERS]],
    ['the guid in capitals', async () => (await guidOf('ann')).toUpperCase(), 'ann', ['resultsapi'], [USERS, USERS]],
  ])('finds an account by %s', async (_name, given, userName, roles, calls) => {
    const wanted = await given();
    const before = platform.calls().length;
    await expect(locateAccount(platform.client, wanted)).resolves.toMatchObject({ userName, roles: roles.map((name) => ({ name })) });
    expect(platform.calls().slice(before)).toEqual(calls);
  });

  it('does not guess which one of those with the same mailbox is meant', async () => {
    const [ci, two] = [await guidOf('ci'), await guidOf('ci-two')];
    await expect(locateAccount(platform.client, 'ci@example.com')).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'ambiguous-name',
      message: `"ci@example.com" fits more than one account: "ci" (${ci}), "ci-two" (${two}).`,
      advice: expect.stringContaining('user name or the guid'),
    });
  });

  it('does not take a near name for the one that is meant, and shows it', async () => {
    const failure = await locateAccount(platform.client, 'ci-tow').catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'NotFoundError', code: 'name-not-found', message: expect.stringMatching(/account "ci-tow".*Near: "ci-two"/), advice: expect.stringContaining('API id') });
    // Once for the name, once for near ones: not everybody of the account.
    expect(platform.calls()).toEqual([USERS, USER_SEARCH]);
  });

  it.each([
    ['0'.repeat(32), [USERS, USER_SEARCH, USER_SEARCH]],
    ['00000000-0000-4000-8000-000000000000', [USERS, USERS, USER_SEARCH]],
    ['nobody@example.com', [USERS, USERS, USER_SEARCH]],
    // No API id and no guid, only alike: not every account is listed for it.
    [`${'0'.repeat(32)}0`, [USERS, USER_SEARCH]],
    ['00000000-0000-4000-8000-0000000000000', [USERS, USER_SEARCH]],
    ['a00000000-0000-4000-8000-000000000000', [USERS, USER_SEARCH]],
  ])('finds nobody who is %s', async (given, calls) => {
    await expect(locateAccount(platform.client, given)).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(platform.calls()).toEqual(calls);
  });
});

describe('locateTeams', () => {
  it('finds teams in the order in which they are given, also those that the account is not in', async () => {
    const teams = await locateTeams(platform.client, ['green', 'Blue']);
    expect(teams.map(({ name }) => name)).toEqual(['Green', 'Blue']);
    expect(platform.emulator.journal().map(({ parameters }) => parameters['all_for_org'])).toEqual(['true']);
  });

  it('knows no team that is not there', async () => {
    await expect(locateTeams(platform.client, ['Green', 'Blu'])).rejects.toMatchObject({ name: 'NotFoundError', message: expect.stringMatching(/team "Blu".*"Blue"/), advice: expect.stringContaining('page Teams') });
  });

  it('asks for none where none are wanted', async () => {
    await expect(locateTeams(platform.client, [])).resolves.toEqual([]);
    expect(platform.calls()).toEqual([]);
  });
});
