import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { refusing } from '../../test/tampering-client.js';
import { deleteLatestBuild } from '../api/xml/builds.js';
import type { DeleteIncomplete } from '../domain/scan-request.js';
import { uploadAndScan } from './upload-and-scan.js';

let platform: EmulatedPlatform;

type Status = 'Incomplete' | 'Pre-Scan Submitted' | 'Pre-Scan Success' | 'Pre-Scan Failed' | 'No Modules Defined' | 'Scan In Process' | 'Scan Errors' | 'Not Submitted to Engine';

async function startBlocked(status: Status, more: { readonly name?: string; readonly endsInMinutes?: number; readonly startedMinutesAgo?: number } = {}): Promise<void> {
  const build = { name: 'nightly', status, submittedBy: 'somebody', startedMinutesAgo: 90, ...more };
  platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds: [build] }] });
}

async function scan(more: Parameters<typeof scanRequest>[1] = {}): ReturnType<typeof uploadAndScan> {
  return uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')], more), platform.options());
}

function buildNames(): readonly string[] {
  const builds = platform.emulator.snapshot().applications[0]?.builds ?? [];
  return builds.filter(({ deleted }) => !deleted).map(({ name }) => name);
}

describe('another build in the way', () => {
  it.each([
    ['Incomplete', /--delete-incomplete/],
    ['Pre-Scan Failed', /--delete-incomplete/],
    ['Pre-Scan Success', /--delete-incomplete/],
    ['Pre-Scan Submitted', /--wait-turn/],
    ['Scan In Process', /--wait-turn/],
  ] as const)('at %s stops the run with all that helps', async (status, advice) => {
    await startBlocked(status);
    await expect(scan()).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'build-in-the-way',
      message: expect.stringMatching(new RegExp(`"nightly" \\(build \\d+, status "${status}"\\), made by somebody, .*#ViewReportsResultSummary:`)),
      advice: expect.stringMatching(advice),
    });
    expect(buildNames()).toEqual(['nightly']);
  });

  it.each([
    [0, '0 minutes'],
    [119, '119 minutes'],
    [120, '2 hours'],
    [47 * 60, '47 hours'],
    [48 * 60, '2 days'],
    [9 * 24 * 60, '9 days'],
  ])('that was last changed %i minutes ago is said to be %s old', async (startedMinutesAgo, age) => {
    await startBlocked('Incomplete', { startedMinutesAgo });
    await expect(scan()).rejects.toMatchObject({ message: expect.stringMatching(new RegExp(`, last changed ${age} ago \\(\\d{4}-`)) });
  });

  it('in a sandbox is told without its age, which cannot be read there', async () => {
    const sandbox = { name: 'feature', builds: [{ name: 'nightly', status: 'Incomplete' as const, submittedBy: 'somebody' }] };
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', sandboxes: [sandbox] }] });
    await expect(scan({ sandbox: { name: 'feature', create: false } })).rejects.toMatchObject({
      code: 'build-in-the-way',
      message: expect.stringMatching(/made by somebody, is in the way/),
    });
    // That of the look-up by name.
    expect(platform.calls().filter((call) => call === 'GET /appsec/v1/applications')).toHaveLength(1);
  });

  it('is told without its age when that cannot be read', async () => {
    await startBlocked('Incomplete');
    platform.emulator.faults.set({ operation: 'GET /appsec/v1/applications', kind: 'status:403', count: 'all' });
    await expect(scan()).rejects.toMatchObject({ code: 'build-in-the-way', message: expect.stringMatching(/made by somebody, is in the way/) });
  });

  const deletions: readonly [Status, DeleteIncomplete, boolean][] = [
    ['Incomplete', 'own-failed', false],
    ['Incomplete', 'not-running', true],
    ['Pre-Scan Failed', 'not-running', true],
    ['No Modules Defined', 'not-running', true],
    ['Scan Errors', 'not-running', true],
    ['Not Submitted to Engine', 'not-running', true],
    ['Pre-Scan Submitted', 'not-running', false],
    ['Pre-Scan Success', 'not-running', false],
    ['Scan In Process', 'not-running', false],
    ['Scan In Process', 'any', true],
    ['Pre-Scan Success', 'any', true],
  ];
  it.each(deletions)('at %s, with %s: deleted is %s', async (status, deleteIncomplete, isDeleted) => {
    await startBlocked(status);
    const run = scan({ deleteIncomplete });
    await (isDeleted ? expect(run).resolves.toMatchObject({ kind: 'proven' }) : expect(run).rejects.toMatchObject({ code: 'build-in-the-way' }));
    expect(buildNames()).toEqual([isDeleted ? 'Jenkins 17' : 'nightly']);
  });

  it('that an earlier run of the same job left dead is deleted with own-failed', async () => {
    await startBlocked('Incomplete', { name: 'Jenkins 16' });
    await expect(scan({ deleteIncomplete: 'own-failed' })).resolves.toMatchObject({ kind: 'proven' });
    expect(buildNames()).toEqual(['Jenkins 17']);
  });

  it('of which nobody knows the job is left alone with own-failed', async () => {
    await startBlocked('Incomplete', { name: 'Jenkins 16' });
    await expect(scan({ deleteIncomplete: 'own-failed', earlierScanNames: null })).rejects.toMatchObject({ code: 'build-in-the-way' });
    expect(buildNames()).toEqual(['Jenkins 16']);
  });

  it('that somebody deletes ends the queueing', async () => {
    await startBlocked('Scan In Process');
    const turns: number[] = [];
    const options = platform.options({
      onProgress(event) {
        if (event.type !== 'poll' || event.waitingFor !== 'turn') return;
        turns.push(event.elapsedMs);
        platform.emulator.interventions.deleteBuild(event.buildId);
      },
    });
    const request = scanRequest([await platform.artifact('shop.war')], { waitTurn: true });
    await expect(uploadAndScan(platform.client, request, options)).resolves.toMatchObject({ kind: 'proven' });
    // Its state is known when the queueing begins, so the first poll comes an interval later.
    expect(turns[0]).toBeGreaterThanOrEqual(120_000);
    expect(turns).toHaveLength(1);
  });

  it('is waited for when the run is to queue', async () => {
    await startBlocked('Scan In Process', { endsInMinutes: 30 });
    await expect(scan({ waitTurn: true })).resolves.toMatchObject({ kind: 'proven' });
    expect(buildNames()).toEqual(['nightly', 'Jenkins 17']);
  });

  it('ends the queueing with the deadline', async () => {
    await startBlocked('Scan In Process');
    await expect(scan({ waitTurn: true, timeoutMs: 3_600_000 })).rejects.toMatchObject({
      name: 'DeadlineError',
      code: 'turn-not-reached',
      message: expect.stringMatching(/^The turn did not come in time: scan "nightly" \(build \d+\) is still "Scan In Process"\.$/),
      advice: expect.stringMatching(/^Nothing was uploaded\./),
    });
    expect(buildNames()).toEqual(['nightly']);
  });
});

describe('a new build that is refused although nothing is in the way', () => {
  it.each([
    [3, 'is asked for again'],
    [4, 'ends the run'],
  ])('%i times %s', async (times) => {
    const words = 'A scan is in progress or has failed. Please delete the previous build and re-submit';
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds: [{ name: 'release' }] }] }, (network) =>
      refusing(network, 'createbuild.do', words, times),
    );
    const run = scan();
    await (times === 3 ? expect(run).resolves.toMatchObject({ kind: 'proven' }) : expect(run).rejects.toMatchObject({ name: 'RefusedError' }));
  });
});

describe('a build of an earlier attempt', () => {
  it('that can still be edited is gone on with, and its files are brought up to date', async () => {
    const earlier = { name: 'Jenkins 17', status: 'Incomplete' as const, files: ['old.war', 'shop.war'] };
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds: [earlier] }] });
    await expect(scan()).resolves.toMatchObject({ kind: 'proven', build: { name: 'Jenkins 17' } });
    const files = platform.emulator.snapshot().applications[0]?.builds[0]?.files ?? [];
    expect(files.map(({ name }) => name)).toEqual(['shop.war']);
    expect(buildNames()).toEqual(['Jenkins 17']);
  });

  it('that runs with our files is waited for, and nothing is sent again', async () => {
    platform = await startEmulatedPlatform();
    await scan({ wait: false });
    const before = platform.calls().length;
    await expect(scan()).resolves.toMatchObject({ kind: 'proven', build: { name: 'Jenkins 17' } });
    const calls = platform.calls().slice(before);
    expect(calls.filter((call) => /create|upload|begin|delete/.test(call))).toEqual([]);
  });

  it('that runs with our files can be attached to from then on, without a file', async () => {
    platform = await startEmulatedPlatform();
    await scan({ wait: false });
    const options = platform.options();
    await uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), options);
    const attached = options.states.find(({ build }) => build !== null);
    expect(attached).toMatchObject({ step: 'upload', progress: 'done', build: { created: false }, artifacts: [{ name: 'shop.war' }] });
  });

  it('that is finished with our files is read', async () => {
    platform = await startEmulatedPlatform();
    const first = await scan();
    await expect(scan()).resolves.toMatchObject({ kind: 'proven', build: first.build });
    expect(buildNames()).toEqual(['Jenkins 17']);
  });

  it('that is finished with other files is left alone: a new one gets the next name', async () => {
    platform = await startEmulatedPlatform();
    await scan();
    const other = await platform.artifact('shop.war', 'other content');
    const outcome = await uploadAndScan(platform.client, scanRequest([other]), platform.options());
    expect(outcome.build.name).toBe('Jenkins 17 (2)');
  });

  it('that runs with other files stops the run', async () => {
    platform = await startEmulatedPlatform();
    await scan({ wait: false });
    const other = await platform.artifact('shop.war', 'other content');
    const run = uploadAndScan(platform.client, scanRequest([other]), platform.options());
    await expect(run).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'own-build-differs',
      message: expect.stringMatching(/^Scan "Jenkins 17" \(build \d+, Pre-Scan Submitted\) of an earlier attempt holds other files/),
      advice: expect.stringMatching(/run again; or delete it/),
    });
  });

  it('that failed under a later name is replaced under that name', async () => {
    const builds = [{ name: 'Jenkins 17' }, { name: 'Jenkins 17 (2)', status: 'Scan Errors' as const }];
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds }] });
    await expect(scan()).resolves.toMatchObject({ kind: 'proven', build: { name: 'Jenkins 17 (2)' } });
    expect(buildNames()).toEqual(['Jenkins 17', 'Jenkins 17 (2)']);
  });

  it('that failed and is to be kept ends the run, and is left as it is', async () => {
    const earlier = { name: 'Jenkins 17', status: 'Pre-Scan Failed' as const };
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds: [earlier] }] });
    const options = platform.options();
    const request = scanRequest([await platform.artifact('shop.war')], { keepFailedBuild: true });
    await expect(uploadAndScan(platform.client, request, options)).rejects.toMatchObject({
      name: 'ScanFailedError',
      code: 'prescan-failed',
      message: expect.stringMatching(/^The platform ended scan "Jenkins 17" \(build \d+\) with "Pre-Scan Failed"/),
    });
    expect(options.events).toContainEqual({ type: 'phase', phase: 'build' });
    expect(options.events).toContainEqual(expect.objectContaining({ type: 'build', name: 'Jenkins 17', how: 'attached' }));
    expect(platform.calls()).toEqual(['GET /appsec/v1/applications', 'getbuildlist.do', 'getbuildinfo.do']);
    expect(buildNames()).toEqual(['Jenkins 17']);
  });

  it('that failed is replaced', async () => {
    const earlier = { name: 'Jenkins 17', status: 'Scan Errors' as const };
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds: [earlier] }] });
    await expect(scan()).resolves.toMatchObject({ kind: 'proven' });
    expect(buildNames()).toEqual(['Jenkins 17']);
  });
});

describe('a scan name', () => {
  it('that is used in another context gets its suffix', async () => {
    const sandbox = { name: 'other', builds: [{ name: 'Jenkins 17' }] };
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', sandboxes: [sandbox] }] });
    await expect(scan()).resolves.toMatchObject({ build: { name: 'Jenkins 17 (2)' } });
  });

  it('whose variants are all used is told', async () => {
    const builds = [{ name: 'Jenkins 17' }, { name: 'Jenkins 17 (2)' }];
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', sandboxes: [{ name: 'other', builds }] }] });
    await expect(scan()).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'scan-name-used',
      message: expect.stringContaining('"Jenkins 17"'),
      advice: expect.stringContaining('--scan-name'),
    });
  });
});

describe('a build of an earlier attempt that was just deleted', () => {
  it('is listed for a moment still, and is no loss: a new one is made', async () => {
    await startBlocked('Incomplete', { name: 'Jenkins 17' });
    const applicationId = platform.emulator.snapshot().applications[0]?.id ?? '';
    platform.emulator.faults.set({ operation: 'deletebuild.do', kind: 'stale-read:2' });
    await deleteLatestBuild(platform.client, { applicationId, sandboxId: null });
    await expect(scan()).resolves.toMatchObject({ kind: 'proven', build: { name: 'Jenkins 17' } });
    expect(buildNames()).toEqual(['Jenkins 17']);
  });
});
