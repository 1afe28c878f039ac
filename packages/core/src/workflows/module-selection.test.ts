import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import type { PrescanModule } from '../domain/build.js';
import { refusing } from '../../test/tampering-client.js';
import { selectModules } from './select-modules.js';
import type { ScanState } from './scan-state.js';
import { uploadAndScan } from './upload-and-scan.js';
import { waitForScan } from './wait-for-scan.js';

const MODULES = [
  { name: 'app.war' },
  { name: 'app-admin.war' },
  { name: 'broken.war', fatal: true },
  { name: 'log4j.jar', dependency: true },
];

describe('the modules of a scan', () => {
  let platform: EmulatedPlatform;

  async function scannedNames(modules: Partial<ReturnType<typeof scanRequest>['modules']>): Promise<readonly string[]> {
    platform = await startEmulatedPlatform({ scans: [{ modules: MODULES }] });
    const base = scanRequest([await platform.artifact('all.zip')]);
    const outcome = await uploadAndScan(platform.client, { ...base, modules: { ...base.modules, ...modules } }, platform.options());
    if (outcome.kind !== 'proven') throw new Error('not proven');
    return outcome.modules.map(({ name }) => name).toSorted();
  }

  it.each([
    ['all that are not fatal', {}, ['app-admin.war', 'app.war']],
    ['those included', { include: ['app.*'] }, ['app.war']],
    ['those not excluded', { exclude: ['*admin*'] }, ['app.war']],
    ['those included and not excluded', { include: ['app*'], exclude: ['app.war'] }, ['app-admin.war']],
  ])('are %s', async (_name, modules, expected) => {
    expect(await scannedNames(modules)).toEqual(expected);
  });

  it('begin by themselves, or by one call after the prescan where patterns choose', async () => {
    await scannedNames({});
    expect(platform.calls()).not.toContain('beginscan.do');
    await platform.close();
    await scannedNames({ include: ['app.war'] });
    expect(platform.calls().filter((call) => call === 'beginscan.do')).toHaveLength(1);
    const prescan = platform.emulator.journal().find(({ operation }) => operation === 'beginprescan.do');
    expect(prescan?.parameters['auto_scan']).toBe('false');
  });

  it('are asked for with the prescan, new ones too, where the platform chooses by itself', async () => {
    await scannedNames({});
    const prescan = platform.emulator.journal().find(({ operation }) => operation === 'beginprescan.do');
    expect(prescan?.parameters).toMatchObject({
      auto_scan: 'true',
      scan_all_nonfatal_top_level_modules: 'true',
      include_new_modules: 'true',
    });
  });

  it('that patterns choose are told, and the scan stands in the state', async () => {
    platform = await startEmulatedPlatform({ scans: [{ modules: MODULES }] });
    const options = platform.options();
    const modules = { selection: 'all-non-fatal', include: ['app.war'], exclude: [] } as const;
    await uploadAndScan(platform.client, scanRequest([await platform.artifact('all.zip')], { modules }), options);
    expect(options.events).toContainEqual({ type: 'modules', selected: ['app.war'], total: MODULES.length });
    const steps = options.states.map(({ step, progress }) => `${step} ${progress}`);
    expect(steps.slice(-5)).toEqual(['prescan began', 'prescan done', 'scan began', 'scan done', 'results done']);
  });

  /** A prescan that was begun without auto_scan, to be gone on with by a run that leaves the choice to the platform. */
  async function prescanThatStaysAtItsEnd(): Promise<ScanState> {
    platform = await startEmulatedPlatform({ scans: [{ modules: MODULES }] });
    const states: ScanState[] = [];
    const killed = new Error('killed');
    const saveState = (state: ScanState): Promise<void> => {
      states.push(state);
      return state.step === 'prescan' && state.progress === 'done' ? Promise.reject(killed) : Promise.resolve();
    };
    const byPattern = { selection: 'all-non-fatal', include: ['app*'], exclude: [] } as const;
    const request = scanRequest([await platform.artifact('all.zip')], { modules: byPattern });
    await expect(uploadAndScan(platform.client, request, platform.options({ saveState }))).rejects.toBe(killed);
    const last = states.at(-1);
    if (last === undefined) throw new Error('no state');
    return { ...last, modules: { ...byPattern, include: [] } };
  }

  it('are chosen here where the platform does not go on by itself, after one more poll', async () => {
    const state = await prescanThatStaysAtItsEnd();
    const options = platform.options();
    const attach = { state, timeoutMs: 6 * 3_600_000, pollIntervalMs: 120_000 };
    await expect(waitForScan(platform.client, attach, options)).resolves.toMatchObject({
      kind: 'proven',
      modules: [{ name: 'app.war' }, { name: 'app-admin.war' }],
    });
    const waits = options.events.flatMap((event) => (event.type === 'poll' && event.status === 'prescan-success' ? [event.waitingFor] : []));
    expect(waits).toEqual(['prescan', 'scan']);
    expect(platform.calls().filter((call) => call === 'beginscan.do')).toHaveLength(1);
  });

  it('are not chosen where the time is up before that poll', async () => {
    const state = await prescanThatStaysAtItsEnd();
    await platform.clock.sleep(3_600_000);
    const run = waitForScan(platform.client, { state, timeoutMs: 60_000, pollIntervalMs: 120_000 }, platform.options());
    await expect(run).rejects.toMatchObject({ name: 'DeadlineError', code: 'scan-not-begun', message: expect.stringMatching(/^The scan of build \d+ was not begun in time; its prescan is done\.$/) });
    expect(platform.calls()).not.toContain('beginscan.do');
  });

  it.each(['beginprescan.do', 'beginscan.do'])('wait while the platform is busy with something else at %s', async (operation) => {
    const busy = 'Row was updated or deleted by another transaction: the application is being updated by another transaction.';
    platform = await startEmulatedPlatform({ scans: [{ modules: MODULES }] }, (network) => refusing(network, operation, busy, 2));
    const modules = { selection: 'all-non-fatal', include: ['app.war'], exclude: [] } as const;
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('all.zip')], { modules }), platform.options());
    await expect(run).resolves.toMatchObject({ kind: 'proven' });
    expect(platform.calls().filter((call) => call === operation)).toHaveLength(1);
  });

  it.each([
    ['a build of somebody else', true, /^getbuildinfo\.do was answered for build \d+,/],
    ['no build', false, /^getbuildinfo\.do was answered for build none,/],
  ])('are never begun in %s that stands in the place of ours', async (_name, withRival, message) => {
    platform = await startEmulatedPlatform({ scans: [{ modules: MODULES }] });
    const options = platform.options({
      onProgress(event) {
        if (event.type !== 'modules') return;
        const application = platform.emulator.snapshot().applications[0];
        platform.emulator.interventions.deleteBuild(application?.builds[0]?.id ?? '');
        if (withRival) platform.emulator.interventions.createBuild({ applicationId: application?.id ?? '', name: 'rival' });
      },
    });
    const modules = { selection: 'all-non-fatal', include: ['app.war'], exclude: [] } as const;
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('all.zip')], { modules }), options);
    await expect(run).rejects.toMatchObject({ name: 'ConflictError', code: 'strangers-build', message: expect.stringMatching(message) });
    expect(platform.calls()).not.toContain('beginscan.do');
  });

  it.each(['previous', 'top-level'] as const)('can be what the platform knows as %s', async (selection) => {
    platform = await startEmulatedPlatform({ scans: [{ modules: MODULES.slice(0, 2) }] });
    const base = scanRequest([await platform.artifact('all.zip')]);
    await uploadAndScan(platform.client, base, platform.options());
    const modules = { selection, include: [], exclude: [] };
    const outcome = await uploadAndScan(platform.client, { ...base, modules, scanName: 'Jenkins 18' }, platform.options());
    expect(outcome).toMatchObject({ kind: 'proven', modules: [{ name: 'app.war' }, { name: 'app-admin.war' }] });
  });

  it.each([
    ['none matches', [{ name: 'app.war' }], { include: ['nothing*'] }, /Found: "app.war"/, /--include-modules/],
    ['all are fatal', [{ name: 'app.war', fatal: true, issues: ['No debug information'] }], {}, /fatal: No debug information/, /fatal/],
    ['all are dependencies', [{ name: 'a.jar', dependency: true }], {}, /"a.jar" \(dependency\)/, /fatal/],
  ])('end the run with nothing left behind when %s', async (_name, modules, wanted, message, advice) => {
    platform = await startEmulatedPlatform({ scans: [{ modules }] });
    const base = scanRequest([await platform.artifact('all.zip')]);
    const run = uploadAndScan(platform.client, { ...base, modules: { ...base.modules, ...wanted } }, platform.options());
    await expect(run).rejects.toMatchObject({
      name: 'ScanFailedError',
      code: 'no-module-selected',
      message: expect.stringMatching(message),
      advice: expect.stringMatching(advice),
    });
  });
});

describe('selectModules', () => {
  const module = (id: string, more: Partial<PrescanModule> = {}): PrescanModule => ({
    id,
    name: `m${id}`,
    fileId: null,
    statusText: 'OK',
    hasFatalErrors: false,
    isDependency: false,
    platform: null,
    size: null,
    issues: [],
    ...more,
  });
  const results = (modules: readonly PrescanModule[]): Parameters<typeof selectModules>[0] => ({
    applicationId: '1',
    sandboxId: null,
    buildId: '2',
    modules,
  });
  const all = { selection: 'all-non-fatal', include: [], exclude: [] } as const;

  it('names every module up to a hundred, and then asks for all where it wants all', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => module(String(index)));
    expect(selectModules(results(hundred), all).modules).toMatchObject({ ids: expect.arrayContaining(['0', '99']) });
    expect(selectModules(results([...hundred, module('100')]), all).modules).toBe('all-top-level');
    const some = selectModules(results([...hundred, module('100'), module('other')]), { ...all, include: ['m?', 'm??', 'm???'] });
    expect(some.modules).toMatchObject({ ids: expect.not.arrayContaining(['other']) });
  });

  it('says what there was, in bounds', () => {
    const fatal = Array.from({ length: 30 }, (_, index) => module(String(index), { hasFatalErrors: true, statusText: '(Fatal) x' }));
    expect(() => selectModules(results(fatal), all)).toThrow(/"m0" \(fatal: \(Fatal\) x\).*and 10 more/);
    expect(() => selectModules(results([]), all)).toThrow(/found no module at all/);
  });
});
