import { describe, expect, it } from '@jest/globals';
import type { ScenarioInput } from '@verapipe/emulator';
import { bodyText, scriptedClient } from '../../../test/api-client.js';
import { type EmulatedPlatform, startEmulatedPlatform } from '../../../test/emulated-platform.js';
import type { ApplicationProfileFilters } from '../../domain/application-profile.js';
import type { HttpResponse } from '../../transport/http.js';
import {
  countApplicationProfiles,
  createApplicationProfile,
  deleteApplicationProfile,
  findApplicationProfilesByName,
  getApplicationProfile,
  listApplicationProfiles,
  updateApplicationProfile,
} from './applications.js';
import { getCredentialsOfUser } from './credentials.js';
import { checkHealth } from './health.js';
import { getPolicy, getPolicyVersion, listPolicyVersions, listVersionsOfPolicy } from './policies.js';
import {
  createSandboxProfile,
  deleteSandboxProfile,
  findSandboxProfilesByName,
  getSandboxProfile,
  listSandboxProfiles,
  promoteSandboxProfile,
  updateSandboxProfile,
} from './sandboxes.js';
import { getOwnUser, listBusinessUnits, listTeamReferences, listUsers, searchUsers } from './users.js';

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const read: T[] = [];
  for await (const item of items) read.push(item);
  return read;
}

const guidOf = ({ emulator }: EmulatedPlatform, name: string): string =>
  emulator.snapshot().applications.find((application) => application.name === name)?.guid ?? '';

describe('application profiles', () => {
  const scenario: ScenarioInput = {
    teams: ['Blue'],
    policies: [{ name: 'House rules' }],
    applications: [
      { name: 'Shop', criticality: 'Low', policy: 'House rules', teams: ['Blue'], tags: 'java, web', description: 'sells', businessUnit: 'Retail', businessOwner: 'Dana', repositoryUrl: 'https://git.example/shop', builds: [{ name: 'v1' }] },
      { name: 'Shop 2' },
      { name: 'SHOP 3' },
    ],
    scans: [{ findings: [], components: [] }],
  };

  it('are read with everything that is known of them', async () => {
    const platform = await startEmulatedPlatform(scenario);
    const [shop] = await all(listApplicationProfiles(platform.client));
    expect(shop).toMatchObject({
      guid: guidOf(platform, 'Shop'),
      name: 'Shop',
      criticality: 'Low',
      policies: [{ name: 'House rules', isDefault: false, evaluation: 'pass', evaluationText: 'PASSED' }],
      teams: [{ name: 'Blue' }],
      businessUnit: { name: 'Retail' },
      businessOwners: [{ name: 'Dana', email: null }],
      tags: ['java', 'web'],
      description: 'sells',
      repositoryUrl: 'https://git.example/shop',
      policyCheckedAt: expect.stringMatching(/Z$/),
      scans: [{ type: 'STATIC', status: 'PUBLISHED' }],
    });
    expect(await getApplicationProfile(platform.client, { guid: shop?.guid ?? '' })).toEqual(shop);
    expect(await countApplicationProfiles(platform.client)).toBe(3);
  });

  it.each<[ApplicationProfileFilters, string[]]>([
    [{ name: 'shop 2' }, ['Shop 2']],
    [{ applicationId: '200003' }, ['SHOP 3']],
    [{ tag: 'web', team: 'Blue', businessUnit: 'Retail', policy: 'House rules' }, ['Shop']],
    [{ policyCompliance: 'PASSED' }, ['Shop']],
    [{ policyCheckedAfter: '2020-01-01' }, ['Shop']],
    [{ policyCheckedAfter: '2020-01-01T00:00:00.000Z', modifiedAfter: '2020-01-01' }, ['Shop']],
    [{ scanStatuses: ['PUBLISHED', 'SCAN_IN_PROGRESS'], scanType: 'STATIC' }, ['Shop']],
    [{ scanStatuses: ['SCAN_IN_PROGRESS'] }, []],
    [{ customFields: [{ name: 'Custom 1', value: '%' }, { name: 'Custom 2', value: 'x' }] }, []],
    [{ sortByCustomField: 'Custom 1', repositoryUrl: 'https://git.example/shop' }, ['Shop']],
  ])('%j: %j', async (filters, names) => {
    const { client } = await startEmulatedPlatform(scenario);
    expect((await all(listApplicationProfiles(client, { filters }))).map(({ name }) => name)).toEqual(names);
  });

  it('are found by a whole name, over all pages', async () => {
    const many = Array.from({ length: 600 }, (_, index) => ({ name: `Shop ${index}` }));
    const platform = await startEmulatedPlatform({ applications: [...many, { name: 'shop' }, { name: 'My shop' }] });
    expect((await findApplicationProfilesByName(platform.client, { name: 'SHOP' })).map(({ name }) => name)).toEqual(['shop']);
    expect(platform.calls()).toHaveLength(2);
    expect(await findApplicationProfilesByName(platform.client, { name: 'hop' })).toEqual([]);
  });

  it('are made, changed in one field only, and deleted', async () => {
    const platform = await startEmulatedPlatform(scenario);
    const fields = { name: 'Bank & Co+', criticality: 'Very High', tags: ['a', 'b'], description: 'old', customFields: [{ name: 'Custom 3', value: 'x' }] } as const;
    const made = await createApplicationProfile(platform.client, fields);
    expect(made).toMatchObject({ ...fields, policies: [{ name: 'Veracode Recommended Very High' }], scans: [], policyCheckedAt: null });
    const changed = await updateApplicationProfile(platform.client, { guid: made.guid, fields: { description: null, criticality: 'Low' } });
    expect(changed).toEqual({ ...made, description: null, criticality: 'Low', modifiedAt: changed.modifiedAt });
    const [shop] = await all(listApplicationProfiles(platform.client, { filters: { applicationId: '200001' } }));
    const moved = await updateApplicationProfile(platform.client, {
      guid: made.guid,
      fields: { policyGuid: shop?.policies[0]?.guid ?? '', teamGuids: [shop?.teams[0]?.guid ?? ''], businessUnitGuid: shop?.businessUnit?.guid ?? '', businessOwners: [{ name: 'Kim', email: 'kim@example.com' }], repositoryUrl: 'https://git.example/bank' },
    });
    expect(moved).toMatchObject({ name: 'Bank & Co+', policies: [{ name: 'House rules' }], teams: [{ name: 'Blue' }], businessUnit: { name: 'Retail' }, businessOwners: [{ name: 'Kim' }], customFields: fields.customFields });
    await deleteApplicationProfile(platform.client, { guid: made.guid });
    await expect(getApplicationProfile(platform.client, { guid: made.guid })).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(platform.emulator.snapshot().applications).toMatchObject([{}, {}, {}, { name: 'Bank & Co+', deleted: true }]);
  });

  it('keep, when one is changed, what is not known here', async () => {
    const profile = { name: 'Shop', business_criticality: 'ENORMOUS', settings: { sca_enabled: true }, from_the_future: 7 };
    const text = JSON.stringify({ id: 1, guid: 'g', profile });
    const client = scriptedClient(text, text);
    expect(await updateApplicationProfile(client, { guid: 'g', fields: { tags: ['x'] } })).toMatchObject({ criticality: null });
    const [, put] = client.requests;
    expect(JSON.parse(put === undefined ? '' : await bodyText(put))).toEqual({ profile: { ...profile, tags: 'x' } });
  });

  it.each<[name: string, work: (platform: EmulatedPlatform) => Promise<unknown>, failure: object]>([
    ['a name that is taken', ({ client }) => createApplicationProfile(client, { name: 'shop', criticality: 'Low' }), { name: 'ServiceError', code: 'bad-request', message: expect.stringContaining('already in use') }],
    ['a change of none', ({ client }) => updateApplicationProfile(client, { guid: 'none', fields: {} }), { name: 'NotFoundError' }],
    ['a deletion of none', ({ client }) => deleteApplicationProfile(client, { guid: '../x' }), { name: 'NotFoundError' }],
    ['a filter with an unknown word', ({ client }) => all(listApplicationProfiles(client, { filters: { scanStatuses: ['DONE'] } })), { code: 'bad-request' }],
  ])('refuse %s', async (_name, work, failure) => {
    await expect(work(await startEmulatedPlatform(scenario))).rejects.toMatchObject(failure);
  });

  it('are closed to whoever may only submit', async () => {
    const { client } = await startEmulatedPlatform({ accounts: [{ roles: ['submitterapi'] }] });
    await expect(all(listApplicationProfiles(client))).rejects.toMatchObject({ name: 'AuthorizationError' });
  });

  it('are not made twice when the answer is lost', async () => {
    const platform = await startEmulatedPlatform({ faults: [{ operation: 'POST /appsec/v1/applications', kind: 'reset-after' }] });
    await expect(createApplicationProfile(platform.client, { name: 'Shop', criticality: 'Low' })).rejects.toMatchObject({ outcome: 'unknown' });
    expect(platform.emulator.snapshot().applications).toHaveLength(1);
    expect(platform.calls()).toHaveLength(1);
  });
});

describe('sandboxes', () => {
  const scenario: ScenarioInput = {
    settings: { sandboxLimit: 2 },
    applications: [{ name: 'Shop', sandboxes: [{ name: 'dev', owner: 'dana', builds: [{ name: 'v1' }] }] }, { name: 'Bank' }],
    scans: [{ findings: [], components: [] }],
  };

  it('are listed, read, and found by name', async () => {
    const platform = await startEmulatedPlatform(scenario);
    const applicationGuid = guidOf(platform, 'Shop');
    const [dev] = await all(listSandboxProfiles(platform.client, { applicationGuid }));
    expect(dev).toMatchObject({ sandboxId: '400001', applicationGuid, name: 'dev', owner: 'dana', autoRecreate: false, customFields: [] });
    expect(await getSandboxProfile(platform.client, { applicationGuid, sandboxGuid: dev?.guid ?? '' })).toEqual(dev);
    expect(await findSandboxProfilesByName(platform.client, { applicationGuid, name: 'DEV' })).toEqual([dev]);
    expect(await findSandboxProfilesByName(platform.client, { applicationGuid, name: 'de' })).toEqual([]);
    expect(await all(listSandboxProfiles(platform.client, { applicationGuid: guidOf(platform, 'Bank') }))).toEqual([]);
  });

  it('are made, replaced and deleted', async () => {
    const platform = await startEmulatedPlatform(scenario);
    const applicationGuid = guidOf(platform, 'Shop');
    const fields = { name: 'feature', autoRecreate: true, customFields: [{ name: 'Custom 1', value: 'squad' }] };
    const made = await createSandboxProfile(platform.client, { applicationGuid, fields });
    expect(made).toMatchObject(fields);
    const place = { applicationGuid, sandboxGuid: made.guid };
    expect(await updateSandboxProfile(platform.client, { ...place, fields: { name: 'renamed' } })).toMatchObject({ name: 'renamed', autoRecreate: false, customFields: [] });
    await expect(createSandboxProfile(platform.client, { applicationGuid, fields: { name: 'third' } })).rejects.toMatchObject({ code: 'bad-request', message: expect.stringContaining('limit') });
    await deleteSandboxProfile(platform.client, place);
    await expect(getSandboxProfile(platform.client, place)).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(createSandboxProfile(platform.client, { applicationGuid, fields: { name: 'Dev' } })).rejects.toMatchObject({ message: expect.stringContaining('already exists') });
  });

  it('are promoted, once', async () => {
    const platform = await startEmulatedPlatform(scenario);
    const applicationGuid = guidOf(platform, 'Shop');
    const [dev] = await all(listSandboxProfiles(platform.client, { applicationGuid }));
    const place = { applicationGuid, sandboxGuid: dev?.guid ?? '' };
    expect(await promoteSandboxProfile(platform.client, place)).toMatchObject({ name: 'dev' });
    await expect(promoteSandboxProfile(platform.client, place)).rejects.toMatchObject({ code: 'bad-request' });
    expect(platform.emulator.snapshot().applications[0]?.builds.map(({ name }) => name)).toEqual(['v1', 'v1 Promoted']);
  });

  it.each(['POST /appsec/v1/applications/{guid}/sandboxes/{sandbox}/promote', 'POST /appsec/v1/applications/{guid}/sandboxes'])('have their answer lost once, and nothing is done twice: %s', async (operation) => {
    const platform = await startEmulatedPlatform({ ...scenario, faults: [{ operation, kind: 'reset-after' }] });
    const applicationGuid = guidOf(platform, 'Shop');
    const [dev] = await all(listSandboxProfiles(platform.client, { applicationGuid }));
    const work = operation.endsWith('promote')
      ? promoteSandboxProfile(platform.client, { applicationGuid, sandboxGuid: dev?.guid ?? '', deleteOnPromote: true })
      : createSandboxProfile(platform.client, { applicationGuid, fields: { name: 'x' } });
    await expect(work).rejects.toMatchObject({ outcome: 'unknown' });
    expect(platform.calls().filter((call) => call === operation)).toHaveLength(1);
  });
});

describe('policies', () => {
  const scenario: ScenarioInput = { policies: [{ name: 'House rules', version: 2, forbiddenSeverity: 4, forbiddenCwes: [78, 89], graceDays: { high: 30, veryHigh: 7 } }] };

  it('are read with their rules, in all versions', async () => {
    const { client } = await startEmulatedPlatform(scenario);
    const [policy, ...others] = await all(listPolicyVersions(client, { name: 'house' }));
    expect(others).toEqual([]);
    expect(policy).toMatchObject({
      name: 'House rules',
      version: 2,
      category: 'APPLICATION',
      type: 'CUSTOMER',
      isVendorPolicy: false,
      rules: [
        { type: 'MAX_SEVERITY', scanTypes: ['STATIC'], requirement: { kind: 'severity', severity: 4 } },
        { type: 'CWE', scanTypes: ['STATIC'], requirement: { kind: 'cwe', cwes: [78, 89] } },
      ],
      graceDaysBySeverity: [0, 0, 0, 0, 30, 7],
    });
    const guid = policy?.guid ?? '';
    expect(await getPolicy(client, { guid })).toEqual(policy);
    expect((await all(listVersionsOfPolicy(client, { guid }))).map(({ version }) => version)).toEqual([2, 1]);
    expect(await getPolicyVersion(client, { guid, version: 1 })).toMatchObject({ version: 1 });
    await expect(getPolicyVersion(client, { guid, version: 3 })).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it.each([
    [{ publicPolicy: false }, 1],
    [{}, 6],
    [{ name: 'house rules', nameExact: true }, 0],
    [{ category: 'COMPONENT' as const }, 0],
    [{ vendorPolicy: true }, 0],
    [{ legacyPolicyId: '5001' }, 1],
  ])('%j are %i', async (filters, count) => {
    const { client } = await startEmulatedPlatform(scenario);
    expect(await all(listPolicyVersions(client, filters))).toHaveLength(count);
  });
});

describe('identity and health', () => {
  const scenario: ScenarioInput = {
    teams: ['Blue', 'Green'],
    accounts: [
      { userName: 'admin', kind: 'person', roles: ['extadmin'], teams: ['Blue'] },
      { userName: 'ci', roles: ['uploadapi', 'resultsapi'], teams: ['Green'] },
    ],
  };

  it('tells who signs', async () => {
    const { client } = await startEmulatedPlatform(scenario);
    expect(await getOwnUser(client)).toMatchObject({ userName: 'admin', type: 'HUMAN', isServiceAccount: false, roles: [{ name: 'extadmin' }], teams: [{ name: 'Blue' }], organization: { name: 'Example Organization' } });
  });

  it('lists users, teams and business units for an administrator', async () => {
    const platform = await startEmulatedPlatform(scenario);
    const { client } = platform;
    expect((await all(listUsers(client))).map(({ userName, roles }) => [userName, roles])).toEqual([['admin', []], ['ci', []]]);
    const [ci] = await all(listUsers(client, { userName: 'ci', detailed: true, emailAddresses: ['ci@example.com'] }));
    expect(ci).toMatchObject({ userName: 'ci', isServiceAccount: true, permissions: ['apiUser'], roles: [{ name: 'uploadapi' }, { name: 'resultsapi' }] });
    expect((await all(searchUsers(client, { searchTerm: 'c', userType: 'api', loginEnabled: true, loginStatus: 'Active', samlUser: false }))).map(({ userName }) => userName)).toEqual(['ci']);
    expect((await all(listTeamReferences(client, { allForOrganization: true, ignoreOwnTeams: true }))).map(({ name }) => name)).toEqual(['Green']);
    expect((await all(listBusinessUnits(client))).map(({ name }) => name)).toEqual(['Not Specified']);
    expect(await getCredentialsOfUser(client, { userGuid: ci?.guid ?? '' })).toMatchObject({ apiId: platform.emulator.credentials[1]?.apiId, revoked: false });
    await expect(getCredentialsOfUser(client, { userGuid: 'none' })).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('is closed to others', async () => {
    const { client } = await startEmulatedPlatform();
    await expect(all(listUsers(client))).rejects.toMatchObject({ name: 'AuthorizationError' });
  });

  it('is healthy, or says why not', async () => {
    const platform = await startEmulatedPlatform();
    await expect(checkHealth(platform.client)).resolves.toBeUndefined();
    platform.emulator.faults.set({ operation: 'GET /healthcheck/status', kind: 'expired-credentials' });
    await expect(checkHealth(platform.client)).rejects.toMatchObject({ name: 'AuthenticationError' });
  });

  it('is not healthy by the page of a gateway', async () => {
    const platform = await startEmulatedPlatform();
    platform.emulator.faults.set({ operation: 'GET /healthcheck/status', kind: 'html-200', count: 'all' });
    await expect(checkHealth(platform.client)).rejects.toMatchObject({ name: 'ProtocolError', code: 'html-answer', context: { operation: 'GET /healthcheck/status' } });
  });
});

describe('a deletion', () => {
  it.each<[string, HttpResponse]>([
    ['204 and nothing', { status: 204, headers: {}, body: (async function* () {})() }],
    ['200 and something', { status: 200, headers: {}, body: (async function* () { yield await Promise.resolve(Buffer.from('{}')); })() }],
  ])('is done with %s', async (_name, response) => {
    await expect(deleteApplicationProfile(scriptedClient(async () => response), { guid: 'g' })).resolves.toBeUndefined();
  });

  it.each(['<!doctype html><title>Sign in</title>', '\ufeff\r\n <HTML>'])('is not done by a page of somebody else: %j', async (text) => {
    const answer = async (): Promise<HttpResponse> => ({ status: 200, headers: {}, body: (async function* () { yield await Promise.resolve(Buffer.from(text)); })() });
    await expect(deleteApplicationProfile(scriptedClient(answer), { guid: 'g' })).rejects.toMatchObject({
      name: 'ProtocolError',
      outcome: 'unknown',
      message: expect.stringContaining('was answered with an HTML page'),
    });
  });
});
