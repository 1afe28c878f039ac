import { readFile } from 'node:fs/promises';

import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { refusing, tampering } from '../../test/tampering-client.js';
import type { HttpClient } from '../transport/http.js';
import type { ProvenScan } from './scan-outcome.js';
import { uploadAndScan } from './upload-and-scan.js';

let platform: EmulatedPlatform;


async function start(...how: Parameters<typeof startEmulatedPlatform>): Promise<void> {
  platform = await startEmulatedPlatform(...how);
}

describe('uploadAndScan', () => {
  it('carries a new profile from a file to a proof, in one build and with no needless call', async () => {
    await start();
    const artifact = await platform.artifact('shop.war');
    const options = platform.options();
    const outcome = (await uploadAndScan(platform.client, scanRequest([artifact]), options)) as ProvenScan;

    expect(outcome).toMatchObject({
      kind: 'proven',
      application: { name: 'Shop', created: true },
      sandbox: null,
      build: { name: 'Jenkins 17' },
      artifacts: [{ name: 'shop.war', sizeBytes: artifact.sizeBytes, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      status: { status: 'results-ready' },
      modules: [{ name: expect.any(String) }],
    });
    expect(outcome.tally.total).toBe(outcome.reportedFindings);
    expect(outcome.tally.total).toBeGreaterThan(0);
    let read = 0;
    for await (const finding of outcome.findings) read += finding.id === '' ? 0 : 1;
    expect(read).toBe(outcome.tally.total);
    expect(await readFile(outcome.reportFile, 'utf8')).toContain('<detailedreport');

    const calls = platform.calls();
    expect(calls.filter((call) => call !== 'getbuildinfo.do')).toEqual([
      'GET /appsec/v1/applications',
      'createapp.do',
      'createbuild.do',
      'uploadlargefile.do',
      'getfilelist.do',
      'beginprescan.do',
      'getfilelist.do',
      'detailedreport.do',
    ]);
    expect(options.states.map(({ step, progress }) => `${step} ${progress}`)).toEqual([
      'application began',
      'application done',
      'build began',
      'build done',
      'upload began',
      'upload done',
      'prescan began',
      'prescan done',
      'results done',
    ]);
    const phases = options.events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));
    expect(phases).toEqual(['application', 'build', 'upload', 'prescan', 'scan', 'results']);
    const { builds } = platform.emulator.snapshot().applications[0] ?? { builds: [] };
    expect(builds).toHaveLength(1);
  });

  it('keeps two minutes between status calls', async () => {
    await start();
    await uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    const polls = platform.emulator.journal().filter(({ operation }) => operation === 'getbuildinfo.do');
    const gaps = polls.slice(1).map((poll, index) => poll.wallMs - (polls[index]?.wallMs ?? 0));
    expect(gaps.length).toBeGreaterThan(5);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(120_000);
    expect(Math.max(...gaps)).toBeLessThan(140_000);
  });

  it('uploads every file under the name it is to have', async () => {
    await start();
    const files = [await platform.artifact('a.jar'), { ...(await platform.artifact('b-1.2.jar')), name: 'b.jar' }];
    const options = platform.options();
    const outcome = await uploadAndScan(platform.client, scanRequest(files), options);
    expect(options.events).toContainEqual({ type: 'phase', phase: 'upload' });
    expect(options.events.filter(({ type }) => type === 'upload')).toEqual([
      { type: 'upload', file: 'a.jar', index: 1, count: 2, sizeBytes: files[0]?.sizeBytes, sentBytes: files[0]?.sizeBytes },
      { type: 'upload', file: 'b.jar', index: 2, count: 2, sizeBytes: files[1]?.sizeBytes, sentBytes: files[1]?.sizeBytes },
    ]);
    const uploads = options.states.filter(({ step }) => step === 'upload');
    expect(uploads.map(({ progress, artifacts }) => [progress, artifacts.map(({ name }) => name)])).toEqual([
      ['began', []],
      ['began', ['a.jar']],
      ['done', ['a.jar', 'b.jar']],
    ]);
    expect(outcome.artifacts.map(({ name }) => name)).toEqual(['a.jar', 'b.jar']);
    const names = platform.emulator.snapshot().applications[0]?.builds[0]?.files.map(({ name }) => name);
    expect(names).toEqual(['a.jar', 'b.jar']);
  });

  it('scans in a sandbox, which it creates when told so', async () => {
    await start({ applications: [{ name: 'Shop' }] });
    const request = scanRequest([await platform.artifact('shop.war')], { sandbox: { name: 'feature', create: true } });
    const options = platform.options();
    const first = await uploadAndScan(platform.client, request, options);
    expect(options.events.slice(0, 4)).toEqual([
      { type: 'phase', phase: 'application' },
      { type: 'application', id: first.application.id, name: 'Shop', created: false },
      { type: 'phase', phase: 'sandbox' },
      { type: 'sandbox', id: first.sandbox?.id, name: 'feature', created: true },
    ]);
    expect(options.states.slice(0, 3).map(({ step, progress, sandbox }) => [step, progress, sandbox?.name])).toEqual([
      ['application', 'done', undefined],
      ['sandbox', 'began', undefined],
      ['sandbox', 'done', 'feature'],
    ]);
    expect(first).toMatchObject({ application: { created: false }, sandbox: { name: 'feature', created: true } });
    const second = await uploadAndScan(platform.client, { ...request, scanName: 'Jenkins 18' }, platform.options());
    expect(second).toMatchObject({ kind: 'proven', sandbox: { id: first.sandbox?.id, created: false } });
    expect(platform.emulator.snapshot().applications[0]?.sandboxes).toHaveLength(1);
  });

  it('ends after a read-back when nobody waits', async () => {
    await start();
    const request = scanRequest([await platform.artifact('shop.war')], { wait: false });
    const outcome = await uploadAndScan(platform.client, request, platform.options());
    expect(outcome).toMatchObject({ kind: 'submitted', status: { status: 'prescan-submitted' } });
    expect(platform.calls()).toEqual([
      'GET /appsec/v1/applications',
      'createapp.do',
      'createbuild.do',
      'uploadlargefile.do',
      'getfilelist.do',
      'beginprescan.do',
      'getbuildinfo.do',
      'getfilelist.do',
    ]);
  });

  it('ends after the scan has begun when nobody waits, but modules have to be chosen', async () => {
    await start({ scans: [{ modules: [{ name: 'a.war' }, { name: 'b.war' }] }] });
    const modules = { selection: 'all-non-fatal', include: ['a*'], exclude: [] } as const;
    const request = scanRequest([await platform.artifact('shop.war')], { wait: false, modules });
    const outcome = await uploadAndScan(platform.client, request, platform.options());
    expect(outcome).toMatchObject({ kind: 'submitted', status: { status: expect.stringMatching(/^(submitted-to-engine|scan-in-process)$/) } });
    expect(platform.calls().filter((call) => call === 'beginscan.do')).toHaveLength(1);
  });

  it('is not satisfied with a prescan that the platform does not show yet', async () => {
    await start({ scans: [{ lagSeconds: 5 }] });
    const request = scanRequest([await platform.artifact('shop.war')], { wait: false });
    const outcome = await uploadAndScan(platform.client, request, platform.options());
    expect(outcome).toMatchObject({ status: { status: 'prescan-submitted' } });
  });

  it.each([
    [{ lagSeconds: 3600 }, 'submission-not-shown', 'ProtocolError'],
    [{ prescanSeconds: 0, prescanOutcome: 'failed' as const }, 'prescan-failed', 'ScanFailedError'],
  ])('refuses to call a submission one when %j', async (behaviour, code, name) => {
    await start({ scans: [behaviour] });
    const request = scanRequest([await platform.artifact('shop.war')], { wait: false });
    await expect(uploadAndScan(platform.client, request, platform.options())).rejects.toMatchObject({
      name,
      code,
      message: expect.stringMatching(/build \d+.*"(Incomplete|Pre-Scan Failed)"/),
      advice: expect.stringMatching(/./),
    });
  });
});

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

describe('the sandbox', () => {
  it('stops the run when it is absent and not to be created', async () => {
    await start({ applications: [{ name: 'Shop', sandboxes: [{ name: 'feature-1' }] }] });
    const request = scanRequest([await platform.artifact('shop.war')], { sandbox: { name: 'feature-2', create: false } });
    await expect(uploadAndScan(platform.client, request, platform.options())).rejects.toMatchObject({
      name: 'NotFoundError',
      message: 'There is no sandbox "feature-2" in application profile "Shop" that this account can see. Near: "feature-1".',
      advice: expect.stringContaining('--create-sandbox'),
    });
  });
});
