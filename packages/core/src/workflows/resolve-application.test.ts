import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { refusing, tampering } from '../../test/tampering-client.js';
import type { HttpClient } from '../transport/http.js';
import { uploadAndScan } from './upload-and-scan.js';

let platform: EmulatedPlatform;

async function start(...how: Parameters<typeof startEmulatedPlatform>): Promise<void> {
  platform = await startEmulatedPlatform(...how);
}

describe('the application profile', () => {
  it('stops the run when none has the name, with the near ones', async () => {
    await start({ applications: [{ name: 'Shopp' }] });
    const base = scanRequest([await platform.artifact('shop.war')]);
    const request = { ...base, application: { ...base.application, create: false } };
    await expect(uploadAndScan(platform.client, request, platform.options())).rejects.toMatchObject({
      name: 'NotFoundError',
      message: 'There is no application profile "Shop" that this account can see. Near: "Shopp".',
      advice: expect.stringContaining('--create-profile'),
    });
    expect(platform.calls()).toEqual(['GET /appsec/v1/applications', 'getapplist.do']);
  });

  it('is looked up by its name, whatever else the account holds', async () => {
    const applications = ['Shop 2', 'My Shop', 'Shop', 'Workshop'].map((name) => ({ name }));
    await start({ applications });
    const outcome = await uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')], { wait: false }), platform.options());
    expect(outcome.application).toMatchObject({ name: 'Shop', created: false });
    const [search] = platform.emulator.journal();
    expect(search).toMatchObject({ operation: 'GET /appsec/v1/applications', parameters: { name: 'Shop', page: '0', size: '500' } });
    expect(platform.calls()).not.toContain('getapplist.do');
  });

  it('is found in the list of the XML API when the account may only submit', async () => {
    const accounts = [{ roles: ['submitterapi' as const], teams: ['Blue'] }];
    await start({ teams: ['Blue'], accounts, applications: [{ name: 'Shop', teams: ['Blue'] }] });
    const outcome = await uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')], { wait: false }), platform.options());
    expect(outcome).toMatchObject({ kind: 'submitted', application: { name: 'Shop', created: false } });
    expect(platform.calls().slice(0, 2)).toEqual(['GET /appsec/v1/applications', 'getapplist.do']);
    expect(platform.emulator.journal()[0]).toMatchObject({ status: 403 });
  });

  it('is missed only once by an account that may only submit', async () => {
    await start({ teams: ['Blue'], accounts: [{ roles: ['submitterapi' as const], teams: ['Blue'] }], applications: [{ name: 'Shopp', teams: ['Blue'] }] });
    const base = scanRequest([await platform.artifact('shop.war')]);
    const request = { ...base, application: { ...base.application, create: false } };
    await expect(uploadAndScan(platform.client, request, platform.options())).rejects.toMatchObject({ code: 'name-not-found', message: expect.stringContaining('Near: "Shopp"') });
    expect(platform.calls()).toEqual(['GET /appsec/v1/applications', 'getapplist.do']);
  });

  it('that the filter hides is found before the run ends for want of it', async () => {
    const hiding = (network: HttpClient): HttpClient =>
      tampering(network, 'GET /appsec/v1/applications', () => '{"page":{"size":500,"total_elements":0,"total_pages":0,"number":0}}');
    platform = await startEmulatedPlatform({ applications: [{ name: 'SHOP' }] }, hiding);
    const base = scanRequest([await platform.artifact('shop.war')], { wait: false });
    const outcome = await uploadAndScan(platform.client, { ...base, application: { ...base.application, create: false } }, platform.options());
    expect(outcome.application).toMatchObject({ name: 'SHOP', created: false });
  });

  it('is read back after a lost answer the way it was looked up', async () => {
    await start();
    platform.emulator.faults.set({ operation: 'createapp.do', kind: 'reset-after' });
    await uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')], { wait: false }), platform.options());
    expect(platform.calls().slice(0, 4)).toEqual(['GET /appsec/v1/applications', 'createapp.do', 'GET /appsec/v1/applications', 'createbuild.do']);
    expect(platform.emulator.snapshot().applications).toHaveLength(1);
  });

  it('is used in another case where only one is there, and said', async () => {
    await start({ applications: [{ name: 'SHOP' }] });
    const options = platform.options();
    const outcome = await uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), options);
    expect(outcome.application).toMatchObject({ name: 'SHOP', created: false });
    expect(options.events).toContainEqual({ type: 'warning', message: expect.stringContaining('SHOP') });
  });

  it('gets the fields of the request when it is created', async () => {
    await start({ teams: ['Blue'], policies: [{ name: 'Strict' }] });
    const base = scanRequest([await platform.artifact('shop.war')], { wait: false });
    const fields = { criticality: 'Low', policy: 'Strict', teams: ['Blue'], tags: ['web'], description: 'A shop' } as const;
    const repositoryUrl = 'https://git.example.com/shop';
    await uploadAndScan(platform.client, { ...base, application: { ...base.application, fields, repositoryUrl } }, platform.options());
    expect(platform.emulator.snapshot().applications[0]).toMatchObject({
      criticality: 'Low',
      policyName: 'Strict',
      teams: ['Blue'],
      tags: 'web',
      description: 'A shop',
      repositoryUrl,
    });
  });

  it('is left as it is when it was there and the request does not say to change it', async () => {
    await start({ applications: [{ name: 'Shop' }] });
    const base = scanRequest([await platform.artifact('shop.war')], { wait: false });
    const wanted = { fields: { description: 'A shop' }, repositoryUrl: 'https://git.example.com/shop' };
    await uploadAndScan(platform.client, { ...base, application: { ...base.application, create: true, update: false, ...wanted } }, platform.options());
    expect(platform.emulator.snapshot().applications).toMatchObject([{ description: '', repositoryUrl: '' }]);
    expect(platform.calls().filter((call) => /PUT|updateapp/u.test(call))).toEqual([]);
  });

  it.each([
    [{ policy: 'Strickt' }, /policy.*Strickt.*"Strict"/],
    [{ teams: ['Bleu'] }, /team.*Bleu.*"Blue"/],
  ])('is not created with an unknown name: %j', async (fields, message) => {
    await start({ teams: ['Blue'], policies: [{ name: 'Strict' }], accounts: [{ roles: ['uploadapi', 'resultsapi', 'adminapi'] }] });
    const base = scanRequest([await platform.artifact('shop.war')]);
    const request = { ...base, application: { ...base.application, fields } };
    await expect(uploadAndScan(platform.client, request, platform.options())).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringMatching(message),
      advice: expect.stringMatching(/^Give the name of an existing (policy|team); nothing was created or changed\.$/),
    });
    expect(platform.emulator.snapshot().applications).toEqual([]);
  });

  it.each([
    ['turned away', (network: HttpClient) => network, 'status:403'],
    ['refused', (network: HttpClient) => refusing(network, 'getteamlist.do', 'You may not.', 1), null],
  ] as const)('is created where the list of teams is %s: then the platform judges', async (_name, wrap, kind) => {
    await start({ teams: ['Blue'] }, wrap);
    if (kind !== null) platform.emulator.faults.set({ operation: 'getteamlist.do', kind, count: 'all' });
    const base = scanRequest([await platform.artifact('shop.war')], { wait: false });
    const request = { ...base, application: { ...base.application, fields: { teams: ['Blue'] } } };
    await expect(uploadAndScan(platform.client, request, platform.options())).resolves.toMatchObject({ kind: 'submitted' });
    expect(platform.emulator.snapshot().applications[0]?.teams).toEqual(['Blue']);
  });

  it('is not created where the list of teams cannot be read', async () => {
    await start({ teams: ['Blue'] });
    platform.emulator.faults.set({ operation: 'getteamlist.do', kind: 'status:503', count: 'all' });
    const base = scanRequest([await platform.artifact('shop.war')], { wait: false });
    const request = { ...base, application: { ...base.application, fields: { teams: ['Blue'] } } };
    await expect(uploadAndScan(platform.client, request, platform.options())).rejects.toMatchObject({ name: 'ServiceError' });
    expect(platform.emulator.snapshot().applications).toEqual([]);
  });

  it('is changed in every field that the request names, and each difference is told', async () => {
    await start({
      teams: ['Blue', 'Red'],
      policies: [{ name: 'Strict' }, { name: 'Lax' }],
      applications: [{ name: 'Shop', criticality: 'Low', policy: 'Lax', teams: ['Red'], businessUnit: 'Sales', tags: 'old', description: 'old' }],
    });
    const base = scanRequest([await platform.artifact('shop.war')], { wait: false });
    const fields = { criticality: 'High', policy: 'Strict', teams: ['Red', 'Blue'], businessUnit: 'Retail', tags: ['b', 'a'], description: 'new' } as const;
    const repositoryUrl = 'https://git.example.com/shop';
    const options = platform.options();
    await uploadAndScan(platform.client, { ...base, application: { ...base.application, update: true, fields, repositoryUrl } }, options);
    expect(options.events.filter(({ type }) => type === 'profile-change')).toEqual([
      { type: 'profile-change', field: 'criticality', before: 'Low', after: 'High' },
      { type: 'profile-change', field: 'policy', before: 'Lax', after: 'Strict' },
      { type: 'profile-change', field: 'teams', before: 'Red', after: 'Blue, Red' },
      { type: 'profile-change', field: 'business unit', before: 'Sales', after: 'Retail' },
      { type: 'profile-change', field: 'tags', before: 'old', after: 'a, b' },
      { type: 'profile-change', field: 'description', before: 'old', after: 'new' },
    ]);
    expect(options.states[0]).toMatchObject({ step: 'application', progress: 'began' });
    expect(platform.emulator.snapshot().applications[0]).toMatchObject({ criticality: 'High', policyName: 'Strict', repositoryUrl });

    const again = platform.options();
    const same = { ...base, scanName: 'Jenkins 18', application: { ...base.application, update: true, fields } };
    const before = platform.calls().length;
    // The first run's scan goes on, and is in the way of another one; the profile comes first.
    await expect(uploadAndScan(platform.client, same, again)).rejects.toMatchObject({ code: 'build-in-the-way' });
    expect(again.events.filter(({ type }) => type === 'profile-change')).toEqual([]);
    expect(platform.calls().slice(before).filter((call) => /updateapp|PUT/.test(call))).toEqual([]);
  });

  it('tells a difference in lists whatever their order', async () => {
    await start({ teams: ['Blue', 'Red'], applications: [{ name: 'Shop', tags: 'web, java', teams: ['Red', 'Blue'] }] });
    const base = scanRequest([await platform.artifact('shop.war')], { wait: false });
    const fields = { tags: ['java', 'web', 'new'], teams: ['Blue', 'Red'], description: 'first' };
    const options = platform.options();
    await uploadAndScan(platform.client, { ...base, application: { ...base.application, update: true, fields } }, options);
    expect(options.events.filter(({ type }) => type === 'profile-change')).toEqual([
      { type: 'profile-change', field: 'tags', before: 'java, web', after: 'java, new, web' },
      { type: 'profile-change', field: 'description', before: '', after: 'first' },
    ]);
  });

  it('is changed only when told so, and the difference is told', async () => {
    await start({ applications: [{ name: 'Shop', description: 'old', criticality: 'Low' }] });
    const base = scanRequest([await platform.artifact('shop.war')], { wait: false });
    const application = { ...base.application, fields: { description: 'new', criticality: 'Low' } as const };
    await uploadAndScan(platform.client, { ...base, application }, platform.options());
    expect(platform.emulator.snapshot().applications[0]?.description).toBe('old');

    const options = platform.options();
    const update = { ...base, application: { ...application, update: true }, scanName: 'Jenkins 17' };
    await uploadAndScan(platform.client, update, options);
    expect(platform.emulator.snapshot().applications[0]?.description).toBe('new');
    expect(options.events.filter(({ type }) => type === 'profile-change')).toEqual([
      { type: 'profile-change', field: 'description', before: 'old', after: 'new' },
    ]);
  });
});
