import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { tampering } from '../../test/tampering-client.js';
import { deleteLatestBuild, getBuildInfo } from '../api/xml/builds.js';
import { uploadFile } from '../api/xml/files.js';
import { beginPrescan } from '../api/xml/prescans.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { createDeadline } from '../kernel/deadline.js';
import type { HttpClient } from '../transport/http.js';
import { deleteBuild } from './delete-build.js';
import { createRun, type Run } from './run.js';
import { firstState } from './scan-state.js';

type Options = ReturnType<EmulatedPlatform['options']>;

interface Place {
  readonly platform: EmulatedPlatform;
  readonly context: BuildContext;
  readonly options: Options;
  readonly run: Run;
  /** The unfinished build, as it was read before anybody deletes it. */
  readonly build: BuildInfo;
}

interface Setting {
  readonly isRunsOwn?: boolean;
  readonly status?: 'Incomplete' | 'Results Ready';
  readonly between?: (network: HttpClient) => HttpClient;
}

/** A release and an unfinished build after it; the run owns that build where it is told so. */
async function start({ isRunsOwn = false, status = 'Incomplete', between = (network) => network }: Setting = {}): Promise<Place> {
  const builds = [{ name: 'release' }, { name: 'half', status }];
  const platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds }] }, between);
  const applicationId = platform.emulator.snapshot().applications[0]?.id ?? '';
  const context = { applicationId, sandboxId: null };
  const build = await getBuildInfo(platform.client, context);
  if (build === null) throw new Error('no build');
  const options = platform.options();
  const own = isRunsOwn ? { id: build.id, name: build.name, created: true } : null;
  const state = { ...firstState(platform.client, scanRequest([])), build: own };
  const deadline = createDeadline(platform.clock, 3_600_000);
  const run = createRun(platform.client, { state, deadline, pollIntervalMs: 120_000 }, options);
  return { platform, context, options, run, build };
}

function left({ platform }: Place): readonly string[] {
  return (platform.emulator.snapshot().applications[0]?.builds ?? []).filter(({ deleted }) => !deleted).map(({ name }) => name);
}

function deletions({ platform }: Place): number {
  return platform.calls().filter((call) => call === 'deletebuild.do').length;
}

describe('deleteBuild', () => {
  it('deletes the newest build, and says and saves so', async () => {
    const place = await start();
    expect(await deleteBuild(place.run, place.context, place.build)).toBe('deleted');
    expect(left(place)).toEqual(['release']);
    expect(place.options.events).toEqual([{ type: 'build-deleted', id: place.build.id, name: 'half' }]);
    expect(place.options.states.map(({ step, progress }) => `${step} ${progress}`)).toEqual(['delete-build began', 'delete-build done']);
  });

  it('makes the run forget its own build, and no other', async () => {
    const own = await start({ isRunsOwn: true });
    await deleteBuild(own.run, own.context, own.build);
    expect(own.run.state()).toMatchObject({ build: null, artifacts: [] });

    const other = await start({ isRunsOwn: true });
    other.platform.emulator.interventions.deleteBuild(other.build.id);
    expect(await deleteBuild(other.run, other.context, other.build)).toBe('not-newest');
    expect(other.run.state().build).toMatchObject({ id: other.build.id });
    expect(other.options.events).toEqual([]);
  });

  it('touches nothing when another build has become the newest', async () => {
    const place = await start();
    place.platform.emulator.interventions.deleteBuild(place.build.id);
    place.platform.emulator.interventions.createBuild({ applicationId: place.context.applicationId, name: 'rival' });
    expect(await deleteBuild(place.run, place.context, place.build)).toBe('not-newest');
    expect(left(place)).toEqual(['release', 'rival']);
    expect(deletions(place)).toBe(0);
  });

  it('touches nothing when the build has gone and none is left', async () => {
    const place = await start();
    for (const { id } of place.platform.emulator.snapshot().applications[0]?.builds ?? []) place.platform.emulator.interventions.deleteBuild(id);
    expect(await deleteBuild(place.run, place.context, place.build)).toBe('not-newest');
    expect(deletions(place)).toBe(0);
  });

  it('never deletes results', async () => {
    const place = await start();
    const release = place.platform.emulator.snapshot().applications[0]?.builds[0]?.id ?? '';
    place.platform.emulator.interventions.deleteBuild(place.build.id);
    expect(await deleteBuild(place.run, place.context, { ...place.build, id: release })).toBe('gone-on');
    expect(left(place)).toEqual(['release']);
  });

  it('never deletes results that were published after the last read', async () => {
    const late = (network: HttpClient): HttpClient =>
      tampering(network, 'getbuildinfo.do', (text) => text.replaceAll('Results Ready', 'Scan In Process').replaceAll('results_ready="true"', 'results_ready="false"'));
    const place = await start({ status: 'Results Ready', between: late });
    expect(place.build.status).toBe('scan-in-process');
    expect(await deleteBuild(place.run, place.context, place.build)).toBe('gone-on');
    expect(deletions(place)).toBe(0);
    expect(place.platform.calls()).toContain('updatebuild.do');
  });

  it.each(['reset-after', 'cut-body'])('asks once when the answer is lost by %s, and finds that the build has gone', async (kind) => {
    const place = await start();
    place.platform.emulator.faults.set({ operation: 'deletebuild.do', kind });
    expect(await deleteBuild(place.run, place.context, place.build)).toBe('deleted');
    expect(deletions(place)).toBe(1);
    expect(left(place)).toEqual(['release']);
  });

  it.each(['reset-before', 'status:503', 'html-200'])('asks again when the call was lost by %s, once the platform has shown that the build is there', async (kind) => {
    const place = await start();
    place.platform.emulator.faults.set({ operation: 'deletebuild.do', kind });
    expect(await deleteBuild(place.run, place.context, place.build)).toBe('deleted');
    expect(left(place)).toEqual(['release']);
    const calls = place.platform.calls();
    const attempt = ['getbuildinfo.do', 'updatebuild.do', 'deletebuild.do'];
    const looks = Array.from({ length: 6 }, () => 'getbuildlist.do');
    expect(calls.slice(1)).toEqual([...attempt, ...looks, ...attempt]);
  });

  it.each([1, 2, 3, 4, 9, 12, 40])('never hits the release when the answer is lost and %i reads lag', async (reads) => {
    const place = await start();
    const operation = 'deletebuild.do';
    place.platform.emulator.faults.set({ operation, kind: `stale-read:${String(reads)}` }, { operation, kind: 'reset-after' });
    expect(await deleteBuild(place.run, place.context, place.build)).toBe('deleted');
    expect(deletions(place)).toBe(1);
    expect(left(place)).toEqual(['release']);
  });

  it('never hits the release when an earlier process, whose state is lost, has deleted the build and reads lag', async () => {
    const place = await start();
    place.platform.emulator.faults.set({ operation: 'deletebuild.do', kind: 'stale-read:40' });
    await deleteLatestBuild(place.platform.client, place.context);
    expect(await deleteBuild(place.run, place.context, place.build)).toBe('not-newest');
    expect(deletions(place)).toBe(1);
    expect(left(place)).toEqual(['release']);
  });

  it.each([
    ['may not ask about it', 'status:403', 'not-newest'],
    ['gets no answer about it', 'status:503', 'ServiceError'],
  ])('leaves a build whose writing side is not heard, because the account %s', async (_name, kind, expected) => {
    const place = await start();
    place.platform.emulator.faults.set({ operation: 'updatebuild.do', kind, count: 'all' });
    expect(await deleteBuild(place.run, place.context, place.build).catch((error: unknown) => (error as Error).name)).toBe(expected);
    expect(deletions(place)).toBe(0);
    expect(left(place)).toEqual(['release', 'half']);
  });

  it('leaves a build that was read as idle and works', async () => {
    const place = await start();
    const artifact = await place.platform.artifact('shop.war');
    await uploadFile(place.platform.client, { ...place.context, artifact });
    place.platform.emulator.faults.set({ operation: 'beginprescan.do', kind: 'stale-read:9' });
    await beginPrescan(place.platform.client, { ...place.context, autoScan: true });
    expect(await deleteBuild(place.run, place.context, place.build)).toBe('gone-on');
    expect(deletions(place)).toBe(0);
  });
});
