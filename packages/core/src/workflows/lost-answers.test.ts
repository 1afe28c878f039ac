import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { uploadFile } from '../api/xml/files.js';
import { createSandbox } from '../api/xml/sandboxes.js';
import type { ScanState } from './scan-state.js';
import { refusing, tampering } from '../../test/tampering-client.js';
import { uploadAndScan } from './upload-and-scan.js';

let platform: EmulatedPlatform;

const CHANGING = ['createapp.do', 'createsandbox.do', 'createbuild.do', 'uploadlargefile.do', 'beginprescan.do', 'beginscan.do'];
const LOSSES = ['reset-before', 'reset-after', 'cut-body', 'html-200', 'empty-200', 'wrong-root', 'bad-xml', 'status:503', 'status:503:30', 'status:429:30', 'status:500'];

/** Everything that a run changes, counted on the platform. */
function made(): Readonly<Record<string, number>> {
  const { applications } = platform.emulator.snapshot();
  const sandboxes = applications.flatMap((application) => application.sandboxes);
  const builds = applications.flatMap((application) => application.builds);
  return {
    applications: applications.length,
    sandboxes: sandboxes.length,
    builds: builds.length,
    deleted: builds.filter(({ deleted }) => deleted).length,
    files: builds.flatMap(({ files }) => files).length,
  };
}

describe.each(CHANGING)('a lost answer to %s', (operation) => {
  it.each(LOSSES)('by %s, twice in a row, makes nothing twice', async (kind) => {
    platform = await startEmulatedPlatform({ scans: [{ modules: [{ name: 'a' }, { name: 'b' }] }] });
    platform.emulator.faults.set({ operation, kind, count: 2 });
    const request = scanRequest([await platform.artifact('one.war'), await platform.artifact('two.war')], {
      sandbox: { name: 'feature', create: true },
      modules: { selection: 'all-non-fatal', include: ['a'], exclude: [] },
    });
    await expect(uploadAndScan(platform.client, request, platform.options())).resolves.toMatchObject({ kind: 'proven' });
    expect(made()).toEqual({ applications: 1, sandboxes: 1, builds: 1, deleted: 0, files: 2 });
  });
});

describe('a lost answer to uploadlargefile.do', () => {
  it('that left pieces of the file there takes them out before the next attempt', async () => {
    let lists = 0;
    const inPieces = (list: string): string => {
      lists += 1;
      return lists === 1 ? list.replace(/file_md5="[^"]*"/g, 'file_md5="00000000000000000000000000000000"') : list;
    };
    platform = await startEmulatedPlatform({ settings: { xmlStyle: 'plain' } }, (network) => tampering(network, 'getfilelist.do', inPieces));
    platform.emulator.faults.set({ operation: 'uploadlargefile.do', kind: 'reset-after', nth: 2 });
    const request = scanRequest([await platform.artifact('one.war'), await platform.artifact('two.war')]);
    await expect(uploadAndScan(platform.client, request, platform.options())).resolves.toMatchObject({ kind: 'proven' });
    expect(platform.emulator.journal().filter(({ operation }) => operation === 'removefile.do')).toHaveLength(1);
    expect(made()).toMatchObject({ builds: 1, files: 2 });
  });
});

describe('what was made a moment ago and does not show yet', () => {
  it('is waited for when it is the build of an upload whose answer is lost', async () => {
    platform = await startEmulatedPlatform();
    platform.emulator.faults.set({ operation: 'createbuild.do', kind: 'stale-read:2' }, { operation: 'uploadlargefile.do', kind: 'bad-xml' });
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    await expect(run).resolves.toMatchObject({ kind: 'proven' });
    expect(made()).toMatchObject({ builds: 1, deleted: 0, files: 1 });
  });

  it('is waited for when it is a sandbox of an earlier process', async () => {
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop' }] });
    platform.emulator.faults.set({ operation: 'createsandbox.do', kind: 'stale-read:4' });
    await createSandbox(platform.client, { applicationId: platform.emulator.snapshot().applications[0]?.id ?? '', name: 'feature' });
    const request = scanRequest([await platform.artifact('shop.war')], { sandbox: { name: 'feature', create: true } });
    await expect(uploadAndScan(platform.client, request, platform.options())).resolves.toMatchObject({ kind: 'proven' });
    expect(made()).toMatchObject({ sandboxes: 1, builds: 1 });
  });

  it('is waited for when it is a prescan whose modules are to be chosen', async () => {
    platform = await startEmulatedPlatform({ scans: [{ prescanSeconds: 0, modules: [{ name: 'a' }, { name: 'b' }] }] });
    const operation = 'beginprescan.do';
    platform.emulator.faults.set({ operation, kind: 'reset-after' }, { operation, kind: 'stale-read:9' });
    const request = scanRequest([await platform.artifact('shop.war')], { modules: { selection: 'all-non-fatal', include: ['a'], exclude: [] } });
    await expect(uploadAndScan(platform.client, request, platform.options())).resolves.toMatchObject({ kind: 'proven' });
    expect(platform.calls().filter((call) => call === 'getprescanresults.do').length).toBeGreaterThan(1);
  });
});

describe('an upload that the platform still takes for under way', () => {
  it('is waited for and then made', async () => {
    platform = await startEmulatedPlatform({}, (network) => refusing(network, 'uploadlargefile.do', 'Another upload is in progress.', 2));
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    await expect(run).resolves.toMatchObject({ kind: 'proven' });
    expect(made()).toMatchObject({ builds: 1, files: 1 });
  });
});

describe('a lost answer to deletebuild.do', () => {
  it.each(LOSSES)('by %s never takes the build before it', async (kind) => {
    const builds = [{ name: 'release' }, { name: 'stuck', status: 'Incomplete' as const }];
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds }] });
    platform.emulator.faults.set({ operation: 'deletebuild.do', kind, count: 2 });
    const request = scanRequest([await platform.artifact('shop.war')], { deleteIncomplete: 'not-running' });
    await expect(uploadAndScan(platform.client, request, platform.options())).resolves.toMatchObject({ kind: 'proven' });
    const left = platform.emulator.snapshot().applications[0]?.builds.filter(({ deleted }) => !deleted) ?? [];
    expect(left.map(({ name }) => name)).toEqual(['release', 'Jenkins 17']);
  });
});

describe('a lost answer to removefile.do', () => {
  it.each(LOSSES)('by %s takes the file out once, and the run goes on', async (kind) => {
    const build = { name: 'Jenkins 17', status: 'Incomplete' as const, files: ['old.war'] };
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds: [build] }] });
    platform.emulator.faults.set({ operation: 'removefile.do', kind, count: 2 });
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    await expect(run).resolves.toMatchObject({ kind: 'proven' });
    expect(made()).toMatchObject({ builds: 1, files: 1 });
  });
});

describe('an answer that lags', () => {
  it.each(['createapp.do', 'createsandbox.do', 'createbuild.do', 'uploadlargefile.do', 'deletebuild.do'])('behind %s is read again', async (operation) => {
    const dead = { name: 'dead', status: 'Incomplete' as const };
    const builds = operation === 'deletebuild.do' ? [{ name: 'release' }, dead] : [];
    platform = await startEmulatedPlatform(operation === 'createapp.do' ? {} : { applications: [{ name: 'Shop', builds }] });
    platform.emulator.faults.set({ operation, kind: 'stale-read:2', count: 'all' });
    const sandbox = operation === 'createsandbox.do' ? { name: 'feature', create: true } : null;
    const request = scanRequest([await platform.artifact('one.war')], { sandbox, deleteIncomplete: 'not-running' });
    await expect(uploadAndScan(platform.client, request, platform.options())).resolves.toMatchObject({ kind: 'proven' });
  });

  it.each(CHANGING.flatMap((operation) => [1, 4].map((reads) => [operation, reads] as const)))('behind %s by %i reads makes nothing twice', async (operation, reads) => {
    platform = await startEmulatedPlatform({ scans: [{ modules: [{ name: 'a' }] }] });
    platform.emulator.faults.set({ operation, kind: 'reset-after' }, { operation, kind: `stale-read:${String(reads)}` });
    const request = scanRequest([await platform.artifact('one.war')], {
      sandbox: { name: 'feature', create: true },
      modules: { selection: 'all-non-fatal', include: ['a'], exclude: [] },
    });
    await expect(uploadAndScan(platform.client, request, platform.options())).resolves.toMatchObject({ kind: 'proven' });
    expect(made()).toMatchObject({ applications: 1, sandboxes: 1, builds: 1, deleted: 0, files: 1 });
  });

  it.each([1, 4, 9, 12])('by %i reads behind createbuild.do whose answer is lost leaves no build of ours in the way', async (reads) => {
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds: reads === 9 ? [] : [{ name: 'release', files: [] }] }] });
    const operation = 'createbuild.do';
    platform.emulator.faults.set({ operation, kind: 'reset-after' }, { operation, kind: `stale-read:${String(reads)}` });
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('one.war')]), platform.options());
    await expect(run).resolves.toMatchObject({ kind: 'proven', build: { name: 'Jenkins 17' } });
    expect(made()).toMatchObject({ builds: reads === 9 ? 1 : 2, deleted: 0, files: 1 });
  });

  it.each([1, 2, 4, 9])('by %i reads behind deletebuild.do whose answer is lost costs nobody a published scan', async (reads) => {
    const builds = [{ name: 'release' }, { name: 'dead', status: 'Incomplete' as const }];
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds }] });
    const operation = 'deletebuild.do';
    platform.emulator.faults.set({ operation, kind: `stale-read:${String(reads)}` }, { operation, kind: 'reset-after' });
    const request = scanRequest([await platform.artifact('one.war')], { deleteIncomplete: 'not-running' });
    await expect(uploadAndScan(platform.client, request, platform.options())).resolves.toMatchObject({ kind: 'proven' });
    const left = platform.emulator.snapshot().applications[0]?.builds.filter(({ deleted }) => !deleted) ?? [];
    expect(left.map(({ name }) => name)).toEqual(['release', 'Jenkins 17']);
    expect(platform.calls().filter((call) => call === operation)).toHaveLength(1);
  });
});

describe.each([
  ['a prescan', 'prescan', 'beginprescan.do', []],
  ['a scan of chosen modules', 'scan', 'beginscan.do', ['*']],
] as const)('%s that shows late', (_name, step, operation, include) => {
  const lagging = { scans: [{ modules: [{ name: 'a' }], lagSeconds: 40 }] };

  async function request(): Promise<ReturnType<typeof scanRequest>> {
    return scanRequest([await platform.artifact('shop.war')], { modules: { selection: 'all-non-fatal', include, exclude: [] } });
  }

  it('is not begun twice, nor is its build given up, when its answer is lost', async () => {
    platform = await startEmulatedPlatform(lagging);
    platform.emulator.faults.set({ operation, kind: 'reset-after' });
    await expect(uploadAndScan(platform.client, await request(), platform.options())).resolves.toMatchObject({ kind: 'proven' });
    expect(made()).toMatchObject({ builds: 1, deleted: 0 });
  });

  it('is found by a process that comes after a killed one', async () => {
    platform = await startEmulatedPlatform(lagging);
    const killed = new Error('killed');
    const saveState = (state: ScanState): Promise<void> => (state.step === step && state.progress === 'done' ? Promise.reject(killed) : Promise.resolve());
    await expect(uploadAndScan(platform.client, await request(), platform.options({ saveState }))).rejects.toBe(killed);
    await expect(uploadAndScan(platform.client, await request(), platform.options())).resolves.toMatchObject({ kind: 'proven' });
    expect(made()).toMatchObject({ builds: 1, deleted: 0 });
  });

  it('is told by the side that writes when no read shows it, and its build is left to run', async () => {
    platform = await startEmulatedPlatform({ scans: [{ modules: [{ name: 'a' }] }] });
    platform.emulator.faults.set({ operation, kind: 'reset-after' }, { operation, kind: 'stale-read:9' });
    await expect(uploadAndScan(platform.client, await request(), platform.options())).resolves.toMatchObject({ kind: 'proven' });
    expect(made()).toMatchObject({ builds: 1, deleted: 0 });
  });

  it('is sent again after one look when it did not arrive', async () => {
    platform = await startEmulatedPlatform({ scans: [{ modules: [{ name: 'a' }] }] });
    platform.emulator.faults.set({ operation, kind: 'reset-before' });
    await expect(uploadAndScan(platform.client, await request(), platform.options())).resolves.toMatchObject({ kind: 'proven' });
    const calls = platform.calls();
    const first = calls.indexOf(operation);
    const again = calls.indexOf(operation, first + 1);
    const asksForTheNewest = step === 'scan' ? ['getbuildinfo.do'] : [];
    expect(calls.slice(first + 1, again)).toEqual(['getbuildinfo.do', ...asksForTheNewest]);
  });
});

describe('a prescan that never shows', () => {
  it('is believed to be refused', async () => {
    platform = await startEmulatedPlatform({ scans: [{ lagSeconds: 3600 }] });
    platform.emulator.faults.set({ operation: 'beginprescan.do', kind: 'reset-after' });
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    await expect(run).rejects.toMatchObject({ name: 'RefusedError' });
  });
});

describe('a platform that stays away', () => {
  it.each(CHANGING.flatMap((operation) => [[operation, 'status:503', 6], [operation, 'status:500', 3]] as const))('at %s with %s ends the run after %i attempts', async (operation, kind, attempts) => {
    platform = await startEmulatedPlatform({ scans: [{ modules: [{ name: 'a' }] }] });
    platform.emulator.faults.set({ operation, kind, count: 'all' });
    const request = scanRequest([await platform.artifact('one.war')], {
      sandbox: { name: 'feature', create: true },
      modules: { selection: 'all-non-fatal', include: ['a'], exclude: [] },
    });
    await expect(uploadAndScan(platform.client, request, platform.options())).rejects.toMatchObject({ name: 'ServiceError' });
    expect(platform.calls().filter((call) => call === operation)).toHaveLength(attempts);
  });
});

describe('somebody else in the same place', () => {
  it('who deletes our build before the upload is told, and leaves no stray build', async () => {
    platform = await startEmulatedPlatform();
    platform.emulator.faults.set({ operation: 'uploadlargefile.do', kind: 'deleted-build' });
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    await expect(run).rejects.toMatchObject({ code: 'build-deleted' });
    expect(made()).toMatchObject({ builds: 2, deleted: 2 });
  });

  it('who deletes our build before an upload whose answer is lost is told, and leaves no stray build', async () => {
    platform = await startEmulatedPlatform();
    platform.emulator.faults.set({ operation: 'uploadlargefile.do', kind: 'deleted-build' }, { operation: 'uploadlargefile.do', kind: 'reset-after' });
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    await expect(run).rejects.toMatchObject({ name: 'RefusedError', message: expect.stringContaining('Could not find a build') });
    expect(made()).toMatchObject({ builds: 2, deleted: 2 });
  });

  it('who deletes our build before an upload whose answer is lost leaves no stray build, however late that shows', async () => {
    platform = await startEmulatedPlatform();
    platform.emulator.faults.set(...(['deleted-build', 'reset-after', 'stale-read:7'] as const).map((kind) => ({ operation: 'uploadlargefile.do', kind }) as const));
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    await expect(run).rejects.toMatchObject({ code: 'build-deleted' });
    const strays = platform.emulator.snapshot().applications[0]?.builds.filter(({ deleted }) => !deleted);
    expect(strays).toEqual([]);
  });

  it.each([
    ['without ours', [], ['other.war']],
    // Nobody knows whether the file of the same name is ours, or theirs.
    ['though the answer of our upload is lost', ['reset-after'], ['other.war', 'shop.war']],
  ] as const)('who deletes our build and uploads a file keeps the build that it started, %s', async (_name, kinds, files) => {
    platform = await startEmulatedPlatform();
    const artifact = await platform.artifact('other.war');
    let isTheirTurn = true;
    const saveState = async ({ step, progress, application, build }: ScanState): Promise<void> => {
      if (!isTheirTurn || step !== 'upload' || progress !== 'began') return;
      isTheirTurn = false;
      platform.emulator.interventions.deleteBuild(build?.id ?? '');
      await uploadFile(platform.client, { applicationId: application?.id ?? '', sandboxId: null, artifact });
      platform.emulator.faults.set(...kinds.map((kind) => ({ operation: 'uploadlargefile.do', kind }) as const));
    };
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options({ saveState }));
    await expect(run).rejects.toMatchObject({ name: expect.stringMatching(/^(?:ScanFailed|Refused)Error$/) });
    const theirs = platform.emulator.snapshot().applications[0]?.builds.filter(({ deleted }) => !deleted);
    expect(theirs?.map((build) => build.files.map(({ name }) => name))).toEqual([files]);
  });

  it.each([
    ['has another name', 'nightly', 'content of shop.war'],
    ['holds other bytes', '15 Jan 2026 Static', 'other bytes'],
  ])('whose build %s keeps it, though the answer of our upload is lost', async (_name, name, content) => {
    platform = await startEmulatedPlatform();
    const artifact = await platform.artifact('shop.war');
    const other = await platform.artifact('other.war', content);
    platform.emulator.faults.set({ operation: 'uploadlargefile.do', kind: 'reset-before' });
    const options = platform.options({
      async saveState({ step, progress, build }) {
        if (step !== 'upload' || progress !== 'began' || build === null) return;
        const applicationId = platform.emulator.snapshot().applications[0]?.id ?? '';
        platform.emulator.interventions.deleteBuild(build.id);
        platform.emulator.interventions.createBuild({ applicationId, name });
        platform.emulator.faults.clear();
        await uploadFile(platform.client, { applicationId, sandboxId: null, artifact: { ...other, name: 'shop.war' } });
        platform.emulator.faults.set({ operation: 'uploadlargefile.do', kind: 'reset-before' });
      },
    });
    await expect(uploadAndScan(platform.client, scanRequest([artifact]), options)).rejects.toMatchObject({ name: 'RefusedError' });
    const theirs = platform.emulator.snapshot().applications[0]?.builds.find((build) => build.name === name);
    expect(theirs).toMatchObject({ deleted: false, files: [{ name: 'shop.war' }] });
  });

  it('whose build takes the place of ours keeps it as it was', async () => {
    platform = await startEmulatedPlatform();
    const options = platform.options({
      onProgress(event) {
        if (event.type !== 'build') return;
        const applicationId = platform.emulator.snapshot().applications[0]?.id ?? '';
        platform.emulator.interventions.deleteBuild(event.id);
        platform.emulator.interventions.createBuild({ applicationId, name: 'rival' });
      },
    });
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), options);
    await expect(run).rejects.toMatchObject({ code: 'build-deleted' });
    const rival = platform.emulator.snapshot().applications[0]?.builds.find(({ name }) => name === 'rival');
    expect(rival).toMatchObject({ deleted: false, files: [] });
  });
});
