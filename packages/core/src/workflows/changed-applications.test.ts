import { describe, expect, it } from '@jest/globals';
import type { ScenarioInput } from '@verapipe/emulator';
import { scriptedClient } from '../../test/api-client.js';
import { startEmulatedPlatform } from '../../test/emulated-platform.js';
import { answer } from '../../test/scripted-send.js';
import { countApplicationProfiles } from '../api/rest/applications.js';
import { AuthorizationError, NetworkError, ServiceError } from '../kernel/errors.js';
import { type ChangeCursor, parseChangeCursor } from './change-cursor.js';
import { callsOfListing, type ChangedApplications, changedApplications } from './changed-applications.js';

const LIST = 'GET /appsec/v1/applications';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const namesOf = ({ profiles }: ChangedApplications): readonly string[] => profiles.map(({ name }) => name);

describe('changedApplications, of 5,000 of which 50 change', () => {
  const CHANGING = 50;
  const applications: ScenarioInput['applications'] = Array.from({ length: 5000 }, (_, index) => ({
    name: `Shop ${index}`,
    createdDaysAgo: 400,
    builds:
      index % 100 === 0
        ? [{ name: 'v1', status: 'Scan In Process' as const, endsInMinutes: 90 - index / 100 }]
        : [{ name: 'v1', startedMinutesAgo: 60 * 24 * 60 }],
  }));
  const scenario: ScenarioInput = { applications, scans: [{ findings: [], components: [] }] };

  it('hands out these 50, with one call, and none twice', async () => {
    const platform = await startEmulatedPlatform(scenario);
    const begun = new Date(platform.clock.now()).toISOString();
    const before = await changedApplications(platform.client, { from: begun });
    expect(before).toMatchObject({ profiles: [], calls: 1 });

    platform.clock.advance(2 * HOUR_MS);
    const found = await changedApplications(platform.client, { from: before.cursor });
    const changed = Array.from({ length: CHANGING }, (_, index) => `Shop ${100 * index}`);
    // The last one of the list was ready first.
    expect(namesOf(found)).toEqual(changed.toReversed());
    expect(found.calls).toBe(1);

    platform.clock.advance(MINUTE_MS);
    const after = await changedApplications(platform.client, { from: found.cursor });
    expect(after).toMatchObject({ profiles: [], calls: 1 });

    expect(platform.calls()).toEqual([LIST, LIST, LIST]);
    const days = platform.emulator.journal().map(({ parameters }) => parameters['policy_compliance_checked_after']);
    const day = (ms: number): string => new Date(ms - 2 * 24 * HOUR_MS).toISOString().slice(0, 10);
    const overlap = 10 * MINUTE_MS;
    expect(days).toEqual([begun, before.cursor.since, found.cursor.since].map((since, at) => day(Date.parse(since) - (at === 0 ? 0 : overlap))));

    expect(callsOfListing(await countApplicationProfiles(platform.client))).toBe(10);
    expect(platform.calls()).toHaveLength(4);
  });
});

describe('the cursor', () => {
  const scenario = (...minutes: readonly number[]): ScenarioInput => ({
    applications: minutes.map((endsInMinutes) => ({
      name: `ready in ${endsInMinutes}`,
      builds: [{ name: 'v1', status: 'Scan In Process' as const, endsInMinutes }],
    })),
    scans: [{ findings: [], components: [] }],
  });

  it('stands at the platform\'s clock, and remembers what the next search comes upon again', async () => {
    const platform = await startEmulatedPlatform(scenario(5, 60));
    const from = new Date(platform.clock.now()).toISOString();
    platform.clock.advance(61 * MINUTE_MS);
    const { cursor, profiles } = await changedApplications(platform.client, { from });
    expect(cursor).toEqual({
      schemaVersion: 1,
      platformUrl: platform.client.hosts.restBaseUrl,
      since: new Date(Math.floor(platform.clock.now() / 1000) * 1000).toISOString(),
      handedOut: { [profiles[1]?.guid ?? '']: profiles[1]?.policyCheckedAt },
    });
    expect(parseChangeCursor(JSON.parse(JSON.stringify(cursor)))).toEqual(cursor);
  });

  it('that was not saved hands the same out again, and loses nothing', async () => {
    const platform = await startEmulatedPlatform(scenario(5, 60, 120));
    const start = await changedApplications(platform.client, { from: new Date(platform.clock.now()).toISOString() });
    platform.clock.advance(61 * MINUTE_MS);
    const killed = await changedApplications(platform.client, { from: start.cursor });
    platform.clock.advance(HOUR_MS);
    const again = await changedApplications(platform.client, { from: start.cursor });
    expect(namesOf(killed)).toEqual(['ready in 5', 'ready in 60']);
    expect(namesOf(again)).toEqual(['ready in 5', 'ready in 60', 'ready in 120']);
    expect(namesOf(await changedApplications(platform.client, { from: killed.cursor }))).toEqual(['ready in 120']);
  });

  it('is refused on another platform', async () => {
    const platform = await startEmulatedPlatform();
    const { cursor } = await changedApplications(platform.client, { from: '2026-01-01' });
    const moved = { ...cursor, platformUrl: 'https://api.veracode.eu' };
    await expect(changedApplications(platform.client, { from: moved })).rejects.toMatchObject({ name: 'ConflictError', code: 'other-platform' });
  });

  it.each<[name: string, json: unknown]>([
    ['nothing', null],
    ['a list', []],
    ['a newer version', { schemaVersion: 2, platformUrl: 'x', since: '2026-01-01', handedOut: {} }],
    ['no platform', { schemaVersion: 1, since: '2026-01-01', handedOut: {} }],
    ['no time', { schemaVersion: 1, platformUrl: 'x', since: 'soon', handedOut: {} }],
    ['nothing handed out', { schemaVersion: 1, platformUrl: 'x', since: '2026-01-01' }],
    ['something handed out at no time', { schemaVersion: 1, platformUrl: 'x', since: '2026-01-01', handedOut: { a: 7 } }],
  ])('cannot be read from %s', (_name, json) => {
    expect(() => parseChangeCursor(json)).toThrow(expect.objectContaining({ name: 'ValidationError', code: 'invalid-cursor' }));
  });

  it.each(['yesterday', '', '2026-02', '2026-01-01T10:00', '01/02/2026', '2026-13-01'])('is not made from %j', async (from) => {
    await expect(changedApplications(scriptedClient('{}'), { from })).rejects.toMatchObject({ name: 'ValidationError', code: 'invalid-since' });
  });
});

describe('the spelling of the filter', () => {
  const FROM = '2026-03-04T12:00:00.000Z';
  const DAY = '2026-03-02';
  const TIME = '2026-03-02T00:00:00.000Z';
  const applications: ScenarioInput['applications'] = ['Shop', 'Till'].map((name) => ({ name, builds: [{ name: 'v1', startedMinutesAgo: 60 }] }));

  it.each<[takes: 'both' | 'day' | 'time', sent: (day: string) => string[]]>([
    ['both', (day) => [day]],
    ['day', (day) => [day]],
    ['time', (day) => [day, `${day}T00:00:00.000Z`]],
  ])('is found where the platform takes: %s', async (checkedAfterSpelling, sent) => {
    const platform = await startEmulatedPlatform({ applications, settings: { checkedAfterSpelling }, scans: [{ findings: [], components: [] }] });
    const yesterdayMs = platform.clock.now() - 24 * HOUR_MS;
    const found = await changedApplications(platform.client, { from: new Date(yesterdayMs).toISOString() });
    expect(namesOf(found).toSorted()).toEqual(['Shop', 'Till']);
    const spellings = platform.emulator.journal().map(({ parameters }) => parameters['policy_compliance_checked_after']);
    const wanted = sent(new Date(yesterdayMs - 2 * 24 * HOUR_MS).toISOString().slice(0, 10));
    expect(spellings).toEqual(wanted);
    expect(found.calls).toBe(wanted.length);
    expect(await changedApplications(platform.client, { from: found.cursor })).toMatchObject({ profiles: [], calls: wanted.length });
  });

  const refused = (status: number, text: string): ServiceError => new ServiceError(text, { code: 'bad-request', outcome: 'final', context: { status } });
  const denied = new AuthorizationError('denied', { code: 'access-denied', context: { status: 403 } });
  const gone = new NetworkError('gone', { code: 'connection-lost', outcome: 'unknown' });
  const page = (number: number): string => JSON.stringify({ _embedded: { applications: [{ id: 1, guid: `g${number}`, profile: { name: 'a' } }] }, page: { number, size: 1, total_elements: 2, total_pages: 2 } });

  it.each<[name: string, steps: (string | Error)[], message: string, sent: string[]]>([
    ['both are refused: the first refusal', [refused(400, 'no day'), refused(400, 'no time')], 'no day', [DAY, TIME]],
    ['the other one fails otherwise: that failure', [refused(400, 'no day'), gone], 'gone', [DAY, TIME]],
    ['the account may not: no other try', [denied], 'denied', [DAY]],
    ['the size is refused: no other try', [refused(414, 'too long')], 'too long', [DAY]],
    ['a later page is refused: no other try', [page(0), refused(400, 'no page')], 'no page', [DAY, DAY]],
  ])('where %s', async (_name, steps, message, sent) => {
    const client = scriptedClient(...steps);
    await expect(changedApplications(client, { from: FROM })).rejects.toThrow(message);
    expect(client.requests.map(({ url }) => url.searchParams.get('policy_compliance_checked_after'))).toEqual(sent);
  });
});

describe('the comparison', () => {
  const SINCE = '2026-03-02T12:00:00.000Z';
  const cursor: ChangeCursor = { schemaVersion: 1, platformUrl: 'https://api.veracode.com', since: SINCE, handedOut: { b: '2026-03-02T11:55:00.000Z' } };

  /** `a 12:00:00`: profile a, evaluated at that time of the day; `a`: at no time. */
  function listOf(...entries: readonly string[]): string {
    const applications = entries.map((text) => {
      const [guid = '', time] = text.split(' ');
      return { id: 1, guid, profile: { name: guid }, ...(time === undefined ? {} : { last_policy_compliance_check_date: `2026-03-02T${time}.000Z` }) };
    });
    return JSON.stringify({ _embedded: { applications }, page: { number: 0, size: 500, total_elements: applications.length, total_pages: 1 } });
  }
  const search = async (from: string | ChangeCursor, entries: readonly string[], headers: Record<string, string> = {}): Promise<ChangedApplications> =>
    changedApplications(scriptedClient(async () => answer(200, listOf(...entries), headers)), { from });

  it.each<[name: string, from: string | ChangeCursor, entries: string[], changed: string[]]>([
    ['from a time: that time and later', SINCE, ['a 11:59:59', 'b 12:00:00', 'c 12:00:01'], ['b', 'c']],
    ['from a cursor: some minutes earlier, too', cursor, ['a 11:49:59', 'c 11:50:00', 'd 12:30:00'], ['c', 'd']],
    ['from a cursor: not what was handed out', cursor, ['b 11:55:00', 'c 11:55:00'], ['c']],
    ['from a cursor: what was handed out and changed again', cursor, ['b 11:56:00'], ['b']],
    ['without a time: always', cursor, ['x', 'a 12:10:00', 'b'], ['a', 'b', 'x']],
    ['at one time: by GUID', SINCE, ['c 12:00:00', 'a 12:00:00', 'b 12:00:00'], ['a', 'b', 'c']],
  ])('%s', async (_name, from, entries, changed) => {
    expect((await search(from, entries)).profiles.map(({ guid }) => guid)).toEqual(changed);
  });

  it('does not move on where the platform does not tell the time', async () => {
    expect((await search(cursor, ['d 12:30:00'])).cursor).toMatchObject({ since: SINCE, handedOut: { d: '2026-03-02T12:30:00.000Z' } });
  });

  it('keeps what was handed out before and is still new', async () => {
    const { cursor: next } = await search(cursor, ['b 11:55:00', 'd 11:51:00', 'c 11:50:59'], { date: 'Mon, 02 Mar 2026 12:01:00 GMT' });
    expect(next).toMatchObject({ since: '2026-03-02T12:01:00.000Z' });
    expect(next.handedOut).toEqual({ b: '2026-03-02T11:55:00.000Z', d: '2026-03-02T11:51:00.000Z' });
  });
});
