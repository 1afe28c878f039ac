import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { changesIn, changesOf, type ChangingCall, fulfilled } from '../../test/planned-calls.js';
import { locateApplication, locateSandbox } from '../workflows/locate.js';
import { createSandboxOnce } from '../workflows/create-sandbox-once.js';
import { promoteSandboxOnce } from '../workflows/promote-sandbox-once.js';
import { removeSandbox } from '../workflows/remove-sandbox.js';
import type { CallingRun } from '../workflows/run.js';
import type { ScanState } from '../workflows/scan-state.js';
import { runPipelineScan } from '../workflows/run-pipeline-scan.js';
import { uploadAndScan } from '../workflows/upload-and-scan.js';
import { waitForScan } from '../workflows/wait-for-scan.js';
import type { PipelineScanRequest } from '../domain/pipeline-scan-request.js';
import type { Artifact, ScanRequest } from '../domain/scan-request.js';
import { createDeadline } from '../kernel/deadline.js';
import type { Plan } from './plan.js';
import { planPipelineScan } from './plan-pipeline-scan.js';
import { planPromotion, planRemovals, planSandboxCreation } from './plan-sandboxes.js';
import { planUploadAndScan } from './plan-upload-and-scan.js';
import { planWait } from './plan-wait.js';
import { createPlanning } from './planning.js';

type Scenario = Parameters<typeof startEmulatedPlatform>[0];

const SHOP = { name: 'Shop' };
const FINISHED = { name: 'release' };
const unfinished = { name: 'nightly', status: 'Incomplete', submittedBy: 'somebody' } as const;

/** What was changed since some time. */
function changesSince(platform: EmulatedPlatform, sequence: number): readonly ChangingCall[] {
  return changesIn(platform.emulator.journal().filter((entry) => entry.sequence > sequence));
}

/** Runs what was planned, and compares all of each call. */
async function expectToComeTrue(platform: EmulatedPlatform, plan: Plan, run: () => Promise<unknown>): Promise<void> {
  const before = platform.emulator.journal().length;
  await run();
  const made = changesSince(platform, before);
  expect(made).toEqual(fulfilled(plan, made));
}

describe('planUploadAndScan', () => {
  interface Case {
    readonly name: string;
    readonly scenario: Scenario;
    readonly request?: Partial<ScanRequest>;
    readonly operations: readonly string[];
  }
  const inSandbox = { name: 'feature', create: true };
  const selected = { selection: 'all-non-fatal', include: ['*'], exclude: [] } as const;
  const uploads = ['createbuild.do', 'uploadlargefile.do', 'uploadlargefile.do', 'beginprescan.do'];
  const cases: readonly Case[] = [
    { name: 'a new profile', scenario: {}, operations: ['createapp.do', ...uploads] },
    {
      name: 'a new profile with a repository',
      scenario: {},
      request: { application: { name: 'Shop', create: true, update: false, fields: { description: 'Sells' }, repositoryUrl: 'https://git.example/shop' } },
      operations: ['createapp.do', 'PUT /appsec/v1/applications/{guid}', ...uploads],
    },
    {
      name: 'a profile to be changed',
      scenario: { applications: [SHOP] },
      request: { application: { name: 'Shop', create: false, update: true, fields: { description: 'Sells more' }, repositoryUrl: 'https://git.example/shop' } },
      operations: ['updateapp.do', 'PUT /appsec/v1/applications/{guid}', ...uploads],
    },
    { name: 'an existing profile', scenario: { applications: [SHOP] }, operations: uploads },
    { name: 'a profile with finished scans', scenario: { applications: [{ ...SHOP, builds: [FINISHED] }] }, operations: uploads },
    { name: 'a new sandbox', scenario: { applications: [SHOP] }, request: { sandbox: inSandbox }, operations: ['createsandbox.do', ...uploads] },
    { name: 'a sandbox', scenario: { applications: [{ ...SHOP, sandboxes: [{ name: 'feature' }] }] }, request: { sandbox: inSandbox }, operations: uploads },
    { name: 'modules by pattern', scenario: { applications: [SHOP] }, request: { modules: selected }, operations: [...uploads, 'beginscan.do'] },
    { name: 'every top-level module', scenario: {}, request: { modules: { selection: 'top-level', include: [], exclude: [] } }, operations: ['createapp.do', ...uploads, 'beginscan.do'] },
    { name: 'nobody waits', scenario: { applications: [SHOP] }, request: { wait: false }, operations: uploads },
    { name: 'nobody waits for chosen modules', scenario: { applications: [SHOP] }, request: { wait: false, modules: selected }, operations: [...uploads, 'beginscan.do'] },
    {
      name: 'an unfinished build that may be deleted',
      scenario: { applications: [{ ...SHOP, builds: [unfinished] }] },
      request: { deleteIncomplete: 'any' },
      operations: ['createbuild.do', 'updatebuild.do', 'deletebuild.do', ...uploads],
    },
    {
      name: 'our own build of an attempt that failed',
      scenario: { applications: [{ ...SHOP, builds: [FINISHED, { name: 'Jenkins 17', status: 'Pre-Scan Failed' }] }] },
      operations: ['updatebuild.do', 'deletebuild.do', ...uploads],
    },
    {
      name: 'our own build, half done',
      scenario: { applications: [{ ...SHOP, builds: [{ name: 'Jenkins 17', status: 'Incomplete' }] }] },
      operations: ['removefile.do', ...uploads.slice(1)],
    },
    {
      name: 'our name on another finished scan',
      scenario: { applications: [{ ...SHOP, builds: [{ name: 'Jenkins 17' }] }] },
      operations: uploads,
    },
  ];

  it.each(cases)('says what a scan does: $name', async ({ scenario, request: more = {}, operations }) => {
    const platform = await startEmulatedPlatform(scenario);
    const request = scanRequest([await platform.artifact('shop.war'), await platform.artifact('till.jar')], more);
    const plan = await planUploadAndScan(platform.client, request, platform.options());
    expect(changesSince(platform, 0)).toEqual([]);
    expect(changesOf(plan).map(({ operation }) => operation)).toEqual(operations);
    await expectToComeTrue(platform, plan, () => uploadAndScan(platform.client, request, platform.options()));
  });

  it('says what a scan of the modules of the last one does', async () => {
    const platform = await startEmulatedPlatform();
    const artifact = await platform.artifact('shop.war');
    await uploadAndScan(platform.client, scanRequest([artifact], { scanName: 'Jenkins 16' }), platform.options());
    const request = scanRequest([artifact], { modules: { selection: 'previous', include: [], exclude: [] } });
    const plan = await planUploadAndScan(platform.client, request, platform.options());
    expect(changesOf(plan).at(-1)).toMatchObject({ operation: 'beginscan.do', parameters: { scan_previously_selected_modules: 'true' } });
    await expectToComeTrue(platform, plan, () => uploadAndScan(platform.client, request, platform.options()));
  });

  it('shows exact calls, what is waited for, and how often it is asked', async () => {
    const platform = await startEmulatedPlatform({ applications: [SHOP] });
    const plan = await planUploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    const [id] = platform.emulator.snapshot().applications.map((application) => application.id);
    expect(plan).toMatchObject({
      known: { application: `"Shop" (${String(id)})`, build: '"Jenkins 17", to be created' },
      steps: [
        { kind: 'change', operation: 'createbuild.do', method: 'POST', path: '/api/5.0/createbuild.do', parameters: { app_id: id, version: 'Jenkins 17' }, note: null },
        { kind: 'change', operation: 'uploadlargefile.do', parameters: { app_id: id, filename: 'shop.war' }, note: expect.stringContaining('19 bytes') },
        { kind: 'read', operation: 'getfilelist.do' },
        { kind: 'change', operation: 'beginprescan.do', parameters: { app_id: id, auto_scan: 'true' } },
        { kind: 'poll', operation: 'getbuildinfo.do', everyMs: 120_000, until: 'the prescan has ended' },
        { kind: 'poll', operation: 'getbuildinfo.do', everyMs: 120_000 },
        { kind: 'read', operation: 'getfilelist.do', why: 'the build still holds exactly these files' },
        { kind: 'read', operation: 'detailedreport.do' },
      ],
    });
  });

  it.each<[string, Scenario, Partial<ScanRequest>, object]>([
    ['a build in the way', { applications: [{ ...SHOP, builds: [unfinished] }] }, {}, { name: 'ConflictError', code: 'build-in-the-way' }],
    ['no such profile', {}, { application: { name: 'Shop', create: false, update: false, fields: {}, repositoryUrl: null } }, { name: 'NotFoundError' }],
    ['no such sandbox', { applications: [SHOP] }, { sandbox: { name: 'feature', create: false } }, { name: 'NotFoundError' }],
    ['no such policy', {}, { application: { name: 'Shop', create: true, update: false, fields: { policy: 'Nowhere' }, repositoryUrl: null } }, { name: 'NotFoundError' }],
    ['names used up', { applications: [{ ...SHOP, builds: [{ name: 'Jenkins 17' }, { name: 'Jenkins 17 (2)' }] }] }, {}, { code: 'scan-name-used' }],
  ])('ends as the scan would: %s', async (_name, scenario, more, error) => {
    const platform = await startEmulatedPlatform(scenario);
    const request = scanRequest([await platform.artifact('shop.war')], more);
    await expect(planUploadAndScan(platform.client, request, platform.options())).rejects.toMatchObject(error);
    expect(changesSince(platform, 0)).toEqual([]);
    await expect(uploadAndScan(platform.client, request, platform.options())).rejects.toMatchObject(error);
  });

  it('goes on where a state ends', async () => {
    const platform = await startEmulatedPlatform();
    const request = scanRequest([await platform.artifact('shop.war')]);
    const stopped = platform.options();
    const uploading = { ...stopped, saveState: async (state: (typeof stopped.states)[number]) => stopAt(stopped.states, state) };
    await expect(uploadAndScan(platform.client, request, uploading)).rejects.toThrow('killed');
    const resumeFrom = stopped.states.at(-1);
    if (resumeFrom === undefined) throw new Error('no state');
    const plan = await planUploadAndScan(platform.client, request, { ...platform.options(), resumeFrom });
    expect(changesOf(plan).map(({ operation }) => operation)).toEqual(['uploadlargefile.do', 'beginprescan.do']);
    await expectToComeTrue(platform, plan, () => uploadAndScan(platform.client, request, { ...platform.options(), resumeFrom }));
  });

  it.each<[isThere: boolean, isNewProfile: boolean, step: ScanState['step'], progress: ScanState['progress'], operations: readonly string[]]>([
    [true, false, 'delete-sandbox', 'began', uploads],
    [true, true, 'delete-sandbox', 'began', uploads],
    [false, false, 'delete-sandbox', 'began', ['createsandbox.do', ...uploads]],
    [false, true, 'delete-sandbox', 'began', ['createsandbox.do', ...uploads]],
    [false, false, 'delete-sandbox', 'done', ['createsandbox.do', ...uploads]],
    [true, true, 'sandbox', 'done', uploads],
  ])('goes on in the sandbox that a run made, if it is there: %s (new profile: %s, at %s %s)', async (isThere, isNewProfile, step, progress, operations) => {
    const platform = await startEmulatedPlatform(isNewProfile ? {} : { applications: [SHOP] });
    const request = scanRequest([await platform.artifact('shop.war'), await platform.artifact('till.jar')], { sandbox: inSandbox });
    const first = platform.options();
    await uploadAndScan(platform.client, { ...request, wait: false }, first);
    const submitted = first.states.at(-1);
    const [{ sandboxes: [sandbox], builds: [build] } = { sandboxes: [], builds: [] }] = platform.emulator.snapshot().applications;
    if (submitted === undefined || sandbox === undefined || build === undefined) throw new Error('nothing was submitted');
    platform.emulator.interventions.deleteBuild(build.id);
    if (!isThere) platform.emulator.interventions.deleteSandbox(sandbox.id);
    const isForgotten = step === 'delete-sandbox' && progress === 'done';
    const resumeFrom: ScanState = { ...submitted, sandbox: isForgotten ? null : submitted.sandbox, build: null, artifacts: [], step, progress };
    const plan = await planUploadAndScan(platform.client, request, { ...platform.options(), resumeFrom });
    expect(changesOf(plan).map(({ operation }) => operation)).toEqual(operations);
    await expectToComeTrue(platform, plan, () => uploadAndScan(platform.client, request, { ...platform.options(), resumeFrom }));
  });
});

function stopAt<T extends { readonly step: string; readonly progress: string }>(states: T[], state: T): Promise<void> {
  states.push(state);
  return state.step === 'upload' ? Promise.reject(new Error('killed')) : Promise.resolve();
}

describe('planWait', () => {
  it('says what waiting for a submitted scan does', async () => {
    const platform = await startEmulatedPlatform();
    const options = platform.options();
    await uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')], { wait: false }), options);
    const [state] = options.states.slice(-1);
    if (state === undefined) throw new Error('no state');
    const request = { state, timeoutMs: 6 * 3_600_000, pollIntervalMs: 120_000 };
    const plan = await planWait(platform.client, request, platform.options());
    expect(plan.steps.map(({ kind, operation }) => `${kind} ${operation}`)).toEqual(['poll getbuildinfo.do', 'poll getbuildinfo.do', 'read getfilelist.do', 'read detailedreport.do']);
    await expectToComeTrue(platform, plan, () => waitForScan(platform.client, request, platform.options()));
  });
});

describe('planPipelineScan', () => {
  it('says what a pipeline scan does', async () => {
    const platform = await startEmulatedPlatform();
    const request = pipelineRequest(await platform.artifact('shop.war'));
    const plan = await planPipelineScan(platform.client, request);
    expect(changesSince(platform, 0)).toEqual([]);
    expect(changesOf(plan)).toMatchObject([
      { operation: 'POST /pipeline_scan/v1/scans', parameters: { binary_name: 'shop.war', binary_size: 19, scan_timeout: 60, project_name: 'shop' } },
      { path: '/pipeline_scan/v1/scans/{scan}/segments/{segment}' },
      { operation: 'PUT /pipeline_scan/v1/scans/{scan_id}', path: '/pipeline_scan/v1/scans/{scan}', parameters: { scan_status: 'STARTED' } },
    ]);
    await expectToComeTrue(platform, plan, () => runPipelineScan(platform.client, request));
  });
});

function pipelineRequest(artifact: Artifact): PipelineScanRequest {
  const project = { name: 'shop', url: null, ref: null };
  return { artifact, project, commitHash: null, stage: 'DEVELOPMENT', includeModules: [], stackDumps: false, timeoutMs: 3_600_000, pipelinePollIntervalMs: 30_000 };
}

describe('plans of sandboxes', () => {
  async function start(): Promise<{ platform: EmulatedPlatform; run: CallingRun }> {
    const platform = await startEmulatedPlatform({ applications: [{ ...SHOP, sandboxes: [{ name: 'feature', builds: [{ name: 'Jenkins 17' }] }, { name: 'old' }] }] });
    const deadline = createDeadline(platform.clock, 3_600_000);
    return { platform, run: { client: platform.client, deadline, call: { deadline } } };
  }

  it('says what creating one does', async () => {
    const { platform, run } = await start();
    const application = (await locateApplication(platform.client, 'Shop')).found;
    const plan = await planSandboxCreation(run, { application, name: 'new' });
    expect(changesOf(plan)).toMatchObject([{ operation: 'POST /appsec/v1/applications/{guid}/sandboxes', parameters: { name: 'new' } }]);
    await expectToComeTrue(platform, plan, () => createSandboxOnce(run, { application, name: 'new' }));
    expect((await planSandboxCreation(run, { application, name: 'new' })).steps).toEqual([]);
  });

  it.each([false, true])('says what promoting one does, deleting it: %s', async (deleteSandbox) => {
    const { platform, run } = await start();
    const application = (await locateApplication(platform.client, 'Shop')).found;
    const sandbox = (await locateSandbox(platform.client, { application, name: 'feature' })).found;
    const request = { application, sandbox, deleteSandbox };
    const plan = await planPromotion(run, request);
    expect(plan.steps).toHaveLength(2);
    await expectToComeTrue(platform, plan, () => promoteSandboxOnce(run, request));
  });

  it('plans no second promotion', async () => {
    const { platform, run } = await start();
    const application = (await locateApplication(platform.client, 'Shop')).found;
    const sandbox = (await locateSandbox(platform.client, { application, name: 'feature' })).found;
    await promoteSandboxOnce(run, { application, sandbox, deleteSandbox: false });
    expect((await planPromotion(run, { application, sandbox, deleteSandbox: false })).steps).toEqual([]);
    expect(changesOf(await planPromotion(run, { application, sandbox, deleteSandbox: true })).map(({ method }) => method)).toEqual(['DELETE']);
  });

  it('says what removing some does', async () => {
    const { platform, run } = await start();
    const application = (await locateApplication(platform.client, 'Shop')).found;
    const removals = await Promise.all(
      ['feature', 'old'].map(async (name) => ({ application, sandbox: (await locateSandbox(platform.client, { application, name })).found })),
    );
    const plan = await planRemovals(run, removals);
    expect(changesOf(plan)).toHaveLength(2);
    await expectToComeTrue(platform, plan, async () => {
      for (const removal of removals) await removeSandbox(run, removal);
    });
  });
});

describe('createPlanning', () => {
  it('never changes anything, whatever a planner does', async () => {
    const platform = await startEmulatedPlatform({ applications: [SHOP] });
    const { client } = createPlanning(platform.client);
    const deadline = createDeadline(platform.clock, 3_600_000);
    const application = (await locateApplication(platform.client, 'Shop')).found;
    await expect(createSandboxOnce({ client, deadline, call: { deadline } }, { application, name: 'new' })).rejects.toThrow('while planning');
    expect(changesSince(platform, 0)).toEqual([]);
  });
});
