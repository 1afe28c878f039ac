import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { deleteOwnBuild } from './delete-own-build.js';
import { parseScanState, type ScanState } from './scan-state.js';
import { uploadAndScan } from './upload-and-scan.js';
import { waitForScan } from './wait-for-scan.js';

let platform: EmulatedPlatform;

const ATTACH = { timeoutMs: 6 * 3_600_000, pollIntervalMs: 120_000 };

class Killed extends Error {}

/** Runs until the nth state has been saved, then dies as a killed process does: nothing is cleared up. */
async function runUntilState(nth: number): Promise<ScanState> {
  const states: ScanState[] = [];
  const saveState = (state: ScanState): Promise<void> => {
    states.push(structuredClone(state));
    return states.length === nth ? Promise.reject(new Killed()) : Promise.resolve();
  };
  const request = scanRequest([await platform.artifact('one.war'), await platform.artifact('two.war')]);
  await expect(uploadAndScan(platform.client, request, platform.options({ saveState }))).rejects.toThrow(Killed);
  const last = states.at(-1);
  if (last === undefined) throw new Error('no state');
  return parseScanState(JSON.parse(JSON.stringify(last)));
}

function builds(): number {
  return platform.emulator.snapshot().applications[0]?.builds.length ?? 0;
}

describe('a run that was killed', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('at its state %i is gone on with: one build, every file once', async (nth) => {
    platform = await startEmulatedPlatform();
    const resumeFrom = await runUntilState(nth);
    const request = scanRequest([await platform.artifact('one.war'), await platform.artifact('two.war')], { scanName: 'another name' });
    // The files were written again, as in a new workspace: same bytes, other times.
    await expect(uploadAndScan(platform.client, request, platform.options({ resumeFrom }))).resolves.toMatchObject({
      kind: 'proven',
      build: { name: 'Jenkins 17' },
    });
    expect(builds()).toBe(1);
    expect(platform.calls().filter((call) => call === 'uploadlargefile.do')).toHaveLength(2);
  });

  it('keeps its build as its own, and a build that was found as another one\'s', async () => {
    platform = await startEmulatedPlatform();
    const resumeFrom = await runUntilState(5);
    const request = scanRequest([await platform.artifact('one.war'), await platform.artifact('two.war')]);
    const resumed = platform.options({ resumeFrom });
    await uploadAndScan(platform.client, request, resumed);
    expect(resumed.states.at(-1)?.build).toMatchObject({ created: true });
    const found = platform.options();
    await uploadAndScan(platform.client, request, found);
    expect(found.states.at(-1)?.build).toMatchObject({ created: false });
  });

  it.each([
    ['build', 'began', 'Jenkins 17', true],
    ['build', 'began', 'Jenkins 16', false],
    ['build', 'done', 'Jenkins 17', false],
    ['application', 'began', 'Jenkins 17', false],
  ] as const)('at %s %s of %s has made the build that has this name now: %s', async (step, progress, triedName, created) => {
    platform = await startEmulatedPlatform();
    const resumeFrom: ScanState = { ...(await runUntilState(5)), build: null, artifacts: [], step, progress, triedName };
    const request = scanRequest([await platform.artifact('one.war'), await platform.artifact('two.war')]);
    const options = platform.options({ resumeFrom });
    await expect(uploadAndScan(platform.client, request, options)).resolves.toMatchObject({ kind: 'proven' });
    expect(options.states.at(-1)?.build).toMatchObject({ created });
    expect(builds()).toBe(1);
  });

  it('after the upload is gone on with by a machine that has no files', async () => {
    platform = await startEmulatedPlatform();
    const state = await runUntilState(7);
    expect(state).toMatchObject({ step: 'upload', progress: 'done' });
    const options = platform.options();
    await expect(waitForScan(platform.client, { state, ...ATTACH }, options)).resolves.toMatchObject({
      kind: 'proven',
      artifacts: [{ name: 'one.war' }, { name: 'two.war' }],
    });
    expect(options.events[0]).toEqual({ type: 'build', id: state.build?.id, name: 'Jenkins 17', how: 'attached', url: expect.stringMatching(new RegExp(`#ViewReportsResultSummary:\\d+:\\d+:${state.build?.id}$`)) });
    expect(builds()).toBe(1);
  });

  it.each(['prescan', 'scan', 'results'] as const)('at the step %s is waited for from its state', async (step) => {
    platform = await startEmulatedPlatform();
    const state: ScanState = { ...(await runUntilState(8)), step, progress: 'began' };
    await expect(waitForScan(platform.client, { state, ...ATTACH }, platform.options())).resolves.toMatchObject({ kind: 'proven' });
  });

  it.each([{ application: null }, { build: null }, { step: 'build', progress: 'done' }, { progress: 'began' }] as const)(
    'with %j in its state has nothing to wait for',
    async (change) => {
      platform = await startEmulatedPlatform();
      const state: ScanState = { ...(await runUntilState(7)), ...change };
      const before = platform.calls().length;
      const run = waitForScan(platform.client, { state, ...ATTACH }, platform.options());
      await expect(run).rejects.toMatchObject({ name: 'ConflictError', code: 'nothing-to-wait-for' });
      expect(platform.calls()).toHaveLength(before);
    },
  );

  it('before the upload has nothing to wait for', async () => {
    platform = await startEmulatedPlatform();
    const state = await runUntilState(5);
    const run = waitForScan(platform.client, { state, ...ATTACH }, platform.options());
    await expect(run).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'nothing-to-wait-for',
      message: 'The saved state ended at "upload", before all files were on the platform.',
      advice: expect.stringContaining('verapipe scan --resume'),
    });
  });

  it.each(['delete-build', 'delete-sandbox'] as const)('at %s, whose build is gone, is gone on with as one that has none', async (step) => {
    platform = await startEmulatedPlatform();
    const resumeFrom: ScanState = { ...(await runUntilState(8)), step, progress: 'began' };
    platform.emulator.interventions.deleteBuild(resumeFrom.build?.id ?? '');
    const request = scanRequest([await platform.artifact('one.war'), await platform.artifact('two.war')]);
    const options = platform.options({ resumeFrom });
    await expect(uploadAndScan(platform.client, request, options)).resolves.toMatchObject({ kind: 'proven', build: { name: 'Jenkins 17' } });
    expect(options.states.at(-1)?.build).toMatchObject({ created: true });
    expect(builds()).toBe(2);
  });

  it('before its deletion took effect is gone on with as it is', async () => {
    platform = await startEmulatedPlatform();
    const resumeFrom: ScanState = { ...(await runUntilState(8)), step: 'delete-build', progress: 'began' };
    const request = scanRequest([await platform.artifact('one.war'), await platform.artifact('two.war')]);
    await expect(uploadAndScan(platform.client, request, platform.options({ resumeFrom }))).resolves.toMatchObject({ build: { id: resumeFrom.build?.id } });
    expect(builds()).toBe(1);
  });

  it('whose deletion took effect, which no read shows, starts over', async () => {
    platform = await startEmulatedPlatform();
    const state = await runUntilState(5);
    platform.emulator.faults.set({ operation: 'deletebuild.do', kind: 'stale-read:4' });
    await deleteOwnBuild(platform.client, state, platform.options());
    const options = platform.options({ resumeFrom: { ...state, step: 'delete-build', progress: 'began' } });
    const request = scanRequest([await platform.artifact('one.war'), await platform.artifact('two.war')]);
    await expect(uploadAndScan(platform.client, request, options)).resolves.toMatchObject({ kind: 'proven' });
    expect(options.states[0]).toMatchObject({ step: 'delete-build', progress: 'done', build: null, artifacts: [] });
    expect(platform.emulator.snapshot().applications[0]?.builds.map(({ deleted }) => deleted)).toEqual([true, false]);
    expect(platform.calls().filter((call) => call === 'deletebuild.do')).toHaveLength(1);
  });

  it.each(['delete-build', 'delete-sandbox'] as const)('at %s whose build has finished reads its results, and asks the writing side nothing', async (step) => {
    platform = await startEmulatedPlatform();
    const first = platform.options();
    const request = scanRequest([await platform.artifact('one.war')]);
    await uploadAndScan(platform.client, request, first);
    const last = first.states.at(-1);
    if (last === undefined) throw new Error('no state');
    const options = platform.options({ resumeFrom: { ...last, step, progress: 'began' } });
    await expect(uploadAndScan(platform.client, request, options)).resolves.toMatchObject({ kind: 'proven', build: { id: last.build?.id } });
    expect(platform.calls()).not.toContain('updatebuild.do');
    expect(builds()).toBe(1);
  });

  it.each([4, 12, 40])('amid a deletion that %i reads do not show deletes nothing else', async (reads) => {
    const scans = [{ prescanOutcome: 'failed' as const }];
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds: [{ name: 'release' }] }], scans });
    platform.emulator.faults.set({ operation: 'deletebuild.do', kind: `stale-read:${String(reads)}`, count: 'all' });
    const states: ScanState[] = [];
    const saveState = (state: ScanState): Promise<void> => {
      states.push(structuredClone(state));
      return state.step === 'delete-build' && state.progress === 'done' ? Promise.reject(new Killed()) : Promise.resolve();
    };
    const request = scanRequest([await platform.artifact('one.war')]);
    await expect(uploadAndScan(platform.client, request, platform.options({ saveState }))).rejects.toThrow(Killed);
    const resumeFrom = states.at(-2);
    if (resumeFrom === undefined) throw new Error('no state');
    expect(resumeFrom).toMatchObject({ step: 'delete-build', progress: 'began' });
    await expect(uploadAndScan(platform.client, request, platform.options({ resumeFrom }))).rejects.toMatchObject({ name: expect.any(String) });
    expect(platform.emulator.snapshot().applications[0]?.builds[0]).toMatchObject({ name: 'release', deleted: false });
  });

  it('before its new profile had its repository URL sets it when it is gone on with', async () => {
    platform = await startEmulatedPlatform();
    platform.emulator.faults.set({ operation: 'PUT /appsec/v1/applications/{guid}', kind: 'status:403' });
    const application = { name: 'Shop', create: true, update: false, fields: {}, repositoryUrl: 'https://git.example/shop' };
    const request = scanRequest([await platform.artifact('one.war')], { application });
    const first = platform.options();
    await expect(uploadAndScan(platform.client, request, first)).rejects.toMatchObject({ name: 'AuthorizationError' });
    expect(first.events).toContainEqual({ type: 'warning', message: expect.stringContaining('is without its repository URL: repeat with --resume') });
    const resumeFrom = first.states.at(-1);
    if (resumeFrom === undefined) throw new Error('no state');
    const second = platform.options({ resumeFrom });
    await expect(uploadAndScan(platform.client, request, second)).resolves.toMatchObject({ kind: 'proven' });
    expect(platform.emulator.snapshot().applications).toMatchObject([{ repositoryUrl: 'https://git.example/shop' }]);
  });

  it('right after its new profile was made sets the repository URL of the profile that it finds', async () => {
    platform = await startEmulatedPlatform();
    const application = { name: 'Shop', create: true, update: false, fields: {}, repositoryUrl: 'https://git.example/shop' };
    const request = scanRequest([await platform.artifact('one.war')], { application });
    const first = platform.options();
    platform.emulator.faults.set({ operation: 'PUT /appsec/v1/applications/{guid}', kind: 'status:403' });
    await expect(uploadAndScan(platform.client, request, first)).rejects.toMatchObject({ name: 'AuthorizationError' });
    const resumeFrom = first.states[0];
    if (resumeFrom === undefined) throw new Error('no state');
    expect(resumeFrom).toMatchObject({ step: 'application', progress: 'began', application: null });
    await expect(uploadAndScan(platform.client, request, platform.options({ resumeFrom }))).resolves.toMatchObject({ kind: 'proven' });
    expect(platform.emulator.snapshot().applications).toMatchObject([{ repositoryUrl: 'https://git.example/shop' }]);
  });

  it('is not gone on with against another platform', async () => {
    platform = await startEmulatedPlatform();
    const state = { ...(await runUntilState(7)), platformUrl: 'https://analysiscenter.veracode.com' };
    const run = waitForScan(platform.client, { state, ...ATTACH }, platform.options());
    await expect(run).rejects.toMatchObject({ code: 'other-platform' });
  });
});

describe('deleteOwnBuild', () => {
  it.each([
    [1, 'kept'],
    [2, 'kept'],
    [3, 'kept'],
    [4, 'deleted'],
    [8, 'deleted'],
  ] as const)('of a run cancelled at its state %i: %s', async (nth, expected) => {
    platform = await startEmulatedPlatform();
    const state = await runUntilState(nth);
    expect(await deleteOwnBuild(platform.client, state, platform.options())).toBe(expected);
    const left = platform.emulator.snapshot().applications[0]?.builds.filter(({ deleted }) => !deleted) ?? [];
    expect(left).toEqual([]);
  });

  it('keeps a build that has finished', async () => {
    platform = await startEmulatedPlatform();
    const options = platform.options();
    await uploadAndScan(platform.client, scanRequest([await platform.artifact('one.war')]), options);
    const state = options.states.at(-1);
    if (state === undefined) throw new Error('no state');
    expect(await deleteOwnBuild(platform.client, state, platform.options())).toBe('kept');
    expect(platform.calls()).not.toContain('deletebuild.do');
  });

  it('looks for an unknown build only where one may have been created', async () => {
    platform = await startEmulatedPlatform();
    const state = await runUntilState(4);
    for (const [step, progress] of [['application', 'began'], ['build', 'done'], ['sandbox', 'done']] as const) {
      expect(await deleteOwnBuild(platform.client, { ...state, build: null, step, progress }, platform.options())).toBe('kept');
    }
    const otherName: ScanState = { ...state, build: null, step: 'build', progress: 'began', triedName: 'another name' };
    expect(await deleteOwnBuild(platform.client, otherName, platform.options())).toBe('kept');
    expect(platform.calls()).not.toContain('deletebuild.do');
  });

  it('works in the sandbox of the run', async () => {
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds: [{ name: 'half', status: 'Incomplete' }] }] });
    const options = platform.options();
    const request = scanRequest([await platform.artifact('one.war')], { sandbox: { name: 'feature', create: true }, wait: false });
    await uploadAndScan(platform.client, request, options);
    const state = options.states.at(-1);
    if (state === undefined) throw new Error('no state');
    expect(await deleteOwnBuild(platform.client, state, platform.options())).toBe('deleted');
    const application = platform.emulator.snapshot().applications[0];
    expect(application?.builds.map(({ name, deleted }) => [name, deleted])).toEqual(expect.arrayContaining([['half', false]]));
  });

  it('never touches a build that was there before', async () => {
    platform = await startEmulatedPlatform();
    const state = await runUntilState(8);
    const build = state.build === null ? null : { ...state.build, created: false };
    expect(await deleteOwnBuild(platform.client, { ...state, build }, platform.options())).toBe('kept');
    expect(builds()).toBe(1);
  });

  it('finds the build whose id was never told', async () => {
    platform = await startEmulatedPlatform();
    const state = await runUntilState(4);
    const unknown: ScanState = { ...state, build: null, step: 'build', progress: 'began', scanName: 'not the name that was tried' };
    expect(await deleteOwnBuild(platform.client, unknown, platform.options())).toBe('deleted');
  });

  it('finds it by the scan name where the state is of a version that kept no other', async () => {
    platform = await startEmulatedPlatform();
    const { triedName: _later, ...state } = await runUntilState(4);
    const unknown: ScanState = { ...state, build: null, step: 'build', progress: 'began' };
    expect(await deleteOwnBuild(platform.client, unknown, platform.options())).toBe('deleted');
  });
});
