import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { tampering } from '../../test/tampering-client.js';
import { createDeadline } from '../kernel/deadline.js';
import { createSandboxOnce } from './create-sandbox-once.js';
import { locateApplication, locateSandbox } from './locate.js';
import { promoteSandboxOnce, type PromotionRequest } from './promote-sandbox-once.js';
import { awaitedScanIn, removeSandbox } from './remove-sandbox.js';
import type { CallingRun } from './run.js';

const LOSSES = ['reset-before', 'reset-after', 'cut-body', 'html-200', 'empty-200', 'bad-json', 'status:503', 'status:503:30', 'status:429:30', 'status:500'];
const CREATE = 'POST /appsec/v1/applications/{guid}/sandboxes';
const PROMOTE = 'POST /appsec/v1/applications/{guid}/sandboxes/{sandbox}/promote';

let platform: EmulatedPlatform;

function run(): CallingRun {
  const deadline = createDeadline(platform.clock, 3_600_000);
  return { client: platform.client, deadline, call: { deadline } };
}

type Scenario = NonNullable<Parameters<typeof startEmulatedPlatform>[0]>;

type Sandboxes = NonNullable<NonNullable<Scenario['applications']>[number]['sandboxes']>;

async function start(sandboxes: Sandboxes, more: Scenario = {}): Promise<void> {
  platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', sandboxes, builds: [{ name: 'release' }] }], ...more });
}

function live(): readonly string[] {
  return (platform.emulator.snapshot().applications[0]?.sandboxes ?? []).filter(({ deleted }) => !deleted).map(({ name }) => name);
}

function policyBuilds(): readonly string[] {
  return (platform.emulator.snapshot().applications[0]?.builds ?? []).filter(({ sandboxId }) => sandboxId === null).map(({ name }) => name);
}

describe('createSandboxOnce', () => {
  it.each(LOSSES)('makes one sandbox, whatever becomes of the answer: %s', async (kind) => {
    await start([]);
    platform.emulator.faults.set({ operation: CREATE, kind, count: 2 });
    const application = (await locateApplication(platform.client, 'Shop')).found;
    await expect(createSandboxOnce(run(), { application, name: 'feature' })).resolves.toMatchObject({ created: true, sandbox: { name: 'feature' } });
    expect(live()).toEqual(['feature']);
  });

  it('makes no second one while reads lag behind a lost answer', async () => {
    await start([]);
    platform.emulator.faults.set({ operation: CREATE, kind: 'reset-after' }, { operation: CREATE, kind: 'stale-read:2' });
    const application = (await locateApplication(platform.client, 'Shop')).found;
    await expect(createSandboxOnce(run(), { application, name: 'feature' })).resolves.toMatchObject({ created: true });
    expect(platform.calls().filter((call) => call === CREATE)).toHaveLength(1);
  });

  it('takes the one that is there, in another case too', async () => {
    await start([{ name: 'Feature' }]);
    const application = (await locateApplication(platform.client, 'Shop')).found;
    await expect(createSandboxOnce(run(), { application, name: 'feature' })).resolves.toMatchObject({ created: false, sandbox: { name: 'Feature' } });
    expect(platform.calls()).not.toContain(CREATE);
  });

  it("says the platform's reason when it refuses", async () => {
    await start([{ name: 'one' }], { settings: { sandboxLimit: 1 } });
    const application = (await locateApplication(platform.client, 'Shop')).found;
    await expect(createSandboxOnce(run(), { application, name: 'two' })).rejects.toMatchObject({
      name: 'RefusedError',
      message: expect.stringMatching(/limit/i),
    });
  });
});

describe('promoteSandboxOnce', () => {
  async function request(more: Partial<PromotionRequest> = {}): Promise<PromotionRequest> {
    const application = (await locateApplication(platform.client, 'Shop')).found;
    const sandbox = (await locateSandbox(platform.client, { application, name: 'feature' })).found;
    return { application, sandbox, deleteSandbox: false, ...more };
  }

  it.each(LOSSES)('makes one policy scan, whatever becomes of the answer: %s', async (kind) => {
    await start([{ name: 'feature', builds: [{ name: 'nightly' }] }]);
    platform.emulator.faults.set({ operation: PROMOTE, kind, count: 2 });
    await expect(promoteSandboxOnce(run(), await request())).resolves.toMatchObject({ from: { name: 'nightly' }, to: { name: 'nightly Promoted' } });
    expect(policyBuilds()).toEqual(['release', 'nightly Promoted']);
  });

  it('waits for the copy after a lost answer and a refusal that is its echo', async () => {
    await start([{ name: 'feature', builds: [{ name: 'nightly' }] }], { settings: { promotionSeconds: 40 } });
    platform.emulator.faults.set({ operation: PROMOTE, kind: 'reset-after' });
    await expect(promoteSandboxOnce(run(), await request())).resolves.toMatchObject({ to: { name: 'nightly Promoted' } });
    expect(policyBuilds()).toEqual(['release', 'nightly Promoted']);
  });

  it.each([false, true])('finds it done the second time, and does not do it again (the sandbox goes: %s)', async (deleteSandbox) => {
    await start([{ name: 'feature', builds: [{ name: 'nightly' }] }]);
    const first = await promoteSandboxOnce(run(), await request());
    expect(await promoteSandboxOnce(run(), await request({ deleteSandbox }))).toEqual(first);
    expect(policyBuilds()).toEqual(['release', 'nightly Promoted']);
    expect(platform.calls().filter((call) => call === PROMOTE)).toHaveLength(1);
    expect(live()).toEqual(deleteSandbox ? [] : ['feature']);
  });

  it('does not take the copy of an earlier scan of that name for its own', async () => {
    // Builds get their ids in the order in which they are given: the policy scan is older than the one in the sandbox.
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds: [{ name: 'nightly Promoted' }], sandboxes: [{ name: 'feature', builds: [{ name: 'nightly' }] }] }] });
    await expect(promoteSandboxOnce(run(), await request())).resolves.toMatchObject({ to: { name: 'nightly Promoted (2)' } });
    expect(policyBuilds()).toEqual(['nightly Promoted', 'nightly Promoted (2)']);
  });

  it.each([
    ['whose name goes on', 'nightly-2', 'nightly Promoted'],
    ['whose name goes on in another attempt', 'nightly (2)', 'nightly Promoted'],
    ['whose number begins alike', 'nightly7', 'nightly Promoted'],
    // Names are unique in an application.
    ['that is called promoted itself', 'nightly Promoted', 'nightly Promoted (2)'],
    ['of another name', 'other', 'nightly Promoted'],
  ])('does not take a younger policy scan %s for its own copy, and keeps the sandbox until it has one', async (_name, other, own) => {
    await start([{ name: 'feature', builds: [{ name: 'nightly' }] }, { name: 'elsewhere', builds: [{ name: other }] }]);
    const { application } = await request();
    const elsewhere = (await locateSandbox(platform.client, { application, name: 'elsewhere' })).found;
    await promoteSandboxOnce(run(), { application, sandbox: elsewhere, deleteSandbox: false });
    await expect(promoteSandboxOnce(run(), await request({ deleteSandbox: true }))).resolves.toMatchObject({ from: { name: 'nightly' }, to: { name: own } });
    expect(policyBuilds()).toEqual(['release', `${other} Promoted`, own]);
    expect(live()).toEqual(['elsewhere']);
  });

  // The last look comes after the last pause.
  it.each([60, 200])('waits until the policy scans show it, after %i seconds', async (promotionSeconds) => {
    await start([{ name: 'feature', builds: [{ name: 'nightly' }] }], { settings: { promotionSeconds } });
    await expect(promoteSandboxOnce(run(), await request({ deleteSandbox: true }))).resolves.toMatchObject({ to: { name: 'nightly Promoted' } });
    expect(live()).toEqual([]);
  });

  it.each(['nightly - promoted', 'nightlyPromoted'])('knows the copy by its word, however it is appended: %s', async (name) => {
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', sandboxes: [{ name: 'feature', builds: [{ name: 'nightly' }] }] }] }, (network) =>
      tampering(network, 'getbuildlist.do', (text) => text.replace('nightly Promoted', name)),
    );
    await expect(promoteSandboxOnce(run(), await request())).resolves.toMatchObject({ to: { name } });
  });

  it('claims nothing that the policy scans never show', async () => {
    await start([{ name: 'feature', builds: [{ name: 'nightly' }] }], { settings: { promotionSeconds: 86_400 } });
    await expect(promoteSandboxOnce(run(), await request())).rejects.toMatchObject({
      name: 'DeadlineError',
      code: 'promotion-not-shown',
      message: 'The platform accepted the promotion of sandbox "feature", but the policy scans of "Shop" do not show it yet.',
      advice: expect.stringContaining('Do not promote again'),
    });
    expect(platform.calls().filter((call) => call === PROMOTE)).toHaveLength(1);
    // Seven pauses that double.
    expect(platform.clock.monotonicMs()).toBe(254_000);
  });

  it.each<[name: string, builds: Sandboxes[number]['builds'], wanted: object]>([
    ['without a scan', [], { name: 'NotFoundError', code: 'nothing-to-promote', message: 'Sandbox "feature" has no scan, so there is nothing to promote.', advice: expect.stringContaining('Scan in the sandbox') }],
    [
      'whose newest scan runs',
      [{ name: 'old' }, { name: 'nightly', status: 'Scan In Process' }],
      { name: 'ConflictError', code: 'unfinished-scan', message: expect.stringMatching(/sandbox "feature", "nightly" \(build \d+\), is not finished: "Scan In Process"/), advice: expect.stringContaining('only the newest scan') },
    ],
  ])('refuses a sandbox %s before any change', async (_name, builds, wanted) => {
    await start([{ name: 'feature', builds }]);
    await expect(promoteSandboxOnce(run(), await request())).rejects.toMatchObject(wanted);
    expect(platform.calls()).not.toContain(PROMOTE);
  });

  it("says the platform's reason when it refuses", async () => {
    await start([{ name: 'feature', builds: [{ name: 'nightly', startedMinutesAgo: 100 * 24 * 60 }] }]);
    await expect(promoteSandboxOnce(run(), await request({ deleteSandbox: true }))).rejects.toMatchObject({ name: 'RefusedError', message: expect.stringContaining('60 days') });
    expect(live()).toEqual(['feature']);
    expect(policyBuilds()).toEqual(['release']);
  });
});

describe('removeSandbox', () => {
  it.each<[status: 'Incomplete' | 'Pre-Scan Success' | 'Scan Errors' | 'Results Ready' | 'Scan In Process' | 'Pre-Scan Submitted' | 'Scan On Hold', awaited: boolean]>([
    ['Incomplete', false],
    ['Pre-Scan Success', false],
    ['Scan Errors', false],
    ['Results Ready', false],
    ['Scan In Process', true],
    ['Pre-Scan Submitted', true],
    ['Scan On Hold', true],
  ])('is told of a scan at "%s" that somebody waits for it: %s', async (status, awaited) => {
    await start([{ name: 'feature', builds: [{ name: 'nightly', status }] }]);
    const application = (await locateApplication(platform.client, 'Shop')).found;
    const sandbox = (await locateSandbox(platform.client, { application, name: 'feature' })).found;
    expect(await awaitedScanIn(run(), { application, sandbox })).toBe(awaited ? status : null);
  });

  it('removes it, and finds it gone the second time', async () => {
    await start([{ name: 'feature' }, { name: 'other' }]);
    const application = (await locateApplication(platform.client, 'Shop')).found;
    const sandbox = (await locateSandbox(platform.client, { application, name: 'feature' })).found;
    expect(await awaitedScanIn(run(), { application, sandbox })).toBeNull();
    expect(await removeSandbox(run(), { application, sandbox })).toBe('removed');
    expect(await removeSandbox(run(), { application, sandbox })).toBe('gone');
    expect(live()).toEqual(['other']);
  });

  it('is not let in: the sandbox is not called gone', async () => {
    await start([{ name: 'feature' }]);
    const application = (await locateApplication(platform.client, 'Shop')).found;
    const sandbox = (await locateSandbox(platform.client, { application, name: 'feature' })).found;
    platform.emulator.faults.set({ operation: 'DELETE /appsec/v1/applications/{guid}/sandboxes/{sandbox}', kind: 'status:403', count: 'all' });
    await expect(removeSandbox(run(), { application, sandbox })).rejects.toMatchObject({ name: 'AuthorizationError' });
    expect(live()).toEqual(['feature']);
  });
});

describe('a name', () => {
  it('that does not exist comes with near ones', async () => {
    await start([{ name: 'feature-1' }], { applications: [{ name: 'Web Shop', sandboxes: [{ name: 'feature-1' }] }, { name: 'Warehouse' }] });
    await expect(locateApplication(platform.client, 'Web Shpo')).rejects.toMatchObject({ name: 'NotFoundError', message: expect.stringMatching(/application profile "Web Shpo" .*Near: "Web Shop"/), advice: expect.stringContaining('another team') });
    const application = (await locateApplication(platform.client, 'web shop')).found;
    expect(application.name).toBe('Web Shop');
    await expect(locateSandbox(platform.client, { application, name: 'feature-2' })).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringMatching(/sandbox "feature-2" in application profile "Web Shop" .*Near: "feature-1"/),
      advice: expect.stringContaining('verapipe sandbox list'),
    });
  });
});
