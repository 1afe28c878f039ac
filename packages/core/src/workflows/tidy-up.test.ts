import { describe, expect, it } from '@jest/globals';
import type { ScenarioInput } from '@verapipe/emulator';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { AbortedError, LocalError } from '../kernel/errors.js';
import type { HttpClient } from '../transport/http.js';
import type { ScanState } from './scan-state.js';
import { uploadAndScan } from './upload-and-scan.js';
import { waitForScan } from './wait-for-scan.js';

const ATTACH = { timeoutMs: 6 * 3_600_000, pollIntervalMs: 120_000 };
const FAILING: ScenarioInput = { scans: [{ prescanOutcome: 'failed' }] };

function live({ emulator }: EmulatedPlatform): readonly string[] {
  return emulator.snapshot().applications.flatMap(({ builds }) => builds.filter(({ deleted }) => !deleted).map(({ name }) => name));
}

describe('a build whose id was never read', () => {
  it.each([
    ['under its own name', {}, 1, []],
    ['under the next name', { applications: [{ name: 'Shop', builds: [{ name: 'Jenkins 17' }] }] }, 2, ['Jenkins 17']],
  ] as [string, ScenarioInput, number, readonly string[]][])('%s goes when the run fails', async (_name, scenario, nth, left) => {
    const platform = await startEmulatedPlatform(scenario);
    platform.emulator.faults.set({ operation: 'createbuild.do', kind: 'reset-after' }, { operation: 'getbuildlist.do', kind: 'status:403', nth });
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    await expect(run).rejects.toMatchObject({ name: 'AuthorizationError' });
    expect(live(platform)).toEqual(left);
  });

  it('goes when it shows only after the last attempt', async () => {
    const platform = await startEmulatedPlatform();
    const operation = 'createbuild.do';
    platform.emulator.faults.set({ operation, kind: 'reset-after' }, { operation, kind: 'stale-read:8' }, { operation, kind: 'reset-before', nth: 2, count: 5 });
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    await expect(run).rejects.toMatchObject({ name: 'NetworkError', outcome: 'unknown' });
    expect(platform.emulator.snapshot().applications[0]?.builds).toMatchObject([{ name: 'Jenkins 17', deleted: true }]);
  });

  it('stays where failed builds are kept', async () => {
    const platform = await startEmulatedPlatform();
    platform.emulator.faults.set({ operation: 'createbuild.do', kind: 'reset-after' }, { operation: 'getbuildlist.do', kind: 'status:403' });
    const request = scanRequest([await platform.artifact('shop.war')], { keepFailedBuild: true });
    await expect(uploadAndScan(platform.client, request, platform.options())).rejects.toMatchObject({ name: 'AuthorizationError' });
    expect(live(platform)).toEqual(['Jenkins 17']);
  });
});

describe('a build that reads still show', () => {
  it('although somebody deleted it, is proven to be there before the call that would hit the one before', async () => {
    const platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds: [{ name: 'release' }] }] });
    const options = platform.options({
      async saveState({ step, progress, build }) {
        if (step !== 'upload' || progress !== 'began' || build === null) return;
        platform.emulator.faults.set({ operation: 'uploadlargefile.do', kind: 'stale-read:40' }, { operation: 'uploadlargefile.do', kind: 'deleted-build' });
        await Promise.resolve();
      },
    });
    await expect(uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), options)).rejects.toMatchObject({ code: 'strangers-build' });
    expect(live(platform)).toContain('release');
    expect(platform.calls().slice(-1)).toEqual(['updatebuild.do']);
  });
});

describe('a state that can no longer be written', () => {
  it('keeps no build in the way, and is only warned about', async () => {
    const platform = await startEmulatedPlatform();
    const full = new LocalError('The disk is full.', { code: 'disk-full' });
    const saveState = ({ step }: ScanState): Promise<void> => (['upload', 'delete-build'].includes(step) ? Promise.reject(full) : Promise.resolve());
    const options = platform.options({ saveState });
    await expect(uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), options)).rejects.toBe(full);
    expect(live(platform)).toEqual([]);
    expect(options.events).toContainEqual({ type: 'warning', message: 'The state could not be saved while clearing up: The disk is full.' });
  });
});

describe('a signal while a failed run clears up', () => {
  it('ends it at once, with the failure and what is left', async () => {
    const stopping = new AbortController();
    const stopsAtDeletion = (network: HttpClient): HttpClient => ({
      send(request, signal) {
        if (request.operation.name === 'deletebuild.do') stopping.abort(new AbortedError('SIGINT', { code: 'cancelled' }));
        return network.send(request, signal);
      },
      close: () => network.close(),
    });
    const platform = await startEmulatedPlatform(FAILING, stopsAtDeletion);
    platform.emulator.faults.set({ operation: 'deletebuild.do', kind: 'stall', count: 'all' });
    const options = platform.options({ signal: stopping.signal });
    await expect(uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), options)).rejects.toMatchObject({ code: 'prescan-failed' });
    expect(options.events).toContainEqual({ type: 'warning', message: expect.stringMatching(/^Build \d+ could not be deleted and may block the next run: SIGINT/) });
    expect(platform.clock.now() - Date.parse(options.states.at(-1)?.updatedAt ?? '')).toBeLessThan(5000);
  });
});

describe('a scan that is waited for', () => {
  async function submitted(more: Parameters<typeof scanRequest>[1] = {}): Promise<{ readonly platform: EmulatedPlatform; readonly state: ScanState }> {
    const platform = await startEmulatedPlatform(FAILING);
    const options = platform.options();
    await uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')], { wait: false, ...more }), options);
    const state = options.states.at(-1);
    if (state === undefined) throw new Error('no state');
    return { platform, state };
  }

  it('and fails is cleared away by the process that waits', async () => {
    const { platform, state } = await submitted();
    await expect(waitForScan(platform.client, { state, ...ATTACH }, platform.options())).rejects.toMatchObject({ code: 'prescan-failed' });
    expect(live(platform)).toEqual([]);
  });

  it.each<[string, Partial<ScanState>]>([
    ['is kept', { keepFailedBuild: true }],
    ['was there before the run', { build: { id: '', name: 'Jenkins 17', created: false } }],
  ])('and fails stays where it %s', async (_name, change) => {
    const { platform, state } = await submitted();
    const build = change.build === undefined || change.build === null ? state.build : { ...change.build, id: state.build?.id ?? '' };
    const kept: ScanState = { ...state, ...change, build };
    await expect(waitForScan(platform.client, { state: kept, ...ATTACH }, platform.options())).rejects.toMatchObject({ code: 'prescan-failed' });
    expect(live(platform)).toEqual(['Jenkins 17']);
  });

  it('stays where an older version wrote the state, which does not tell', async () => {
    const { platform, state: { keepFailedBuild: _later, ...state } } = await submitted();
    await expect(waitForScan(platform.client, { state, ...ATTACH }, platform.options())).rejects.toMatchObject({ code: 'prescan-failed' });
    expect(live(platform)).toEqual(['Jenkins 17']);
  });

  it('is kept by what the run that submitted it was told', async () => {
    const { platform, state } = await submitted({ keepFailedBuild: true });
    await expect(waitForScan(platform.client, { state, ...ATTACH }, platform.options())).rejects.toMatchObject({ code: 'prescan-failed' });
    expect(live(platform)).toEqual(['Jenkins 17']);
  });
});
