import { describe, expect, it } from '@jest/globals';
import type { ScenarioInput } from '@verapipe/emulator';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { tampering } from '../../test/tampering-client.js';
import type { ScanRequest } from '../domain/scan-request.js';
import type { VeracodeErrorName } from '../kernel/errors.js';
import { AbortedError } from '../kernel/errors.js';
import type { RunOptions } from './run.js';
import type { ScanState } from './scan-state.js';
import { uploadAndScan } from './upload-and-scan.js';

type ScanRule = NonNullable<ScenarioInput['scans']>[number];

const NEW_SANDBOX = { name: 'feature', create: true } as const;
const LOSSES = ['reset-before', 'reset-after', 'cut-body', 'html-200', 'empty-200', 'bad-xml', 'status:503', 'status:500'];

let platform: EmulatedPlatform;

async function start(rule: ScanRule, scenario: ScenarioInput = {}): Promise<void> {
  platform = await startEmulatedPlatform({ applications: [{ name: 'Shop' }], scans: [rule], ...scenario });
}

async function request(more: Partial<ScanRequest> = {}): Promise<ScanRequest> {
  return scanRequest([await platform.artifact('shop.war')], { sandbox: NEW_SANDBOX, ...more });
}

async function scan(more: Partial<ScanRequest> = {}, options: RunOptions = platform.options()): ReturnType<typeof uploadAndScan> {
  return uploadAndScan(platform.client, await request(more), options);
}

function live(): { readonly sandboxes: readonly string[]; readonly builds: readonly string[] } {
  const [application] = platform.emulator.snapshot().applications;
  const names = (things: readonly { readonly deleted: boolean; readonly name: string }[] = []): readonly string[] => things.filter(({ deleted }) => !deleted).map(({ name }) => name);
  return { sandboxes: names(application?.sandboxes), builds: names(application?.builds) };
}

describe('a sandbox that the run made', () => {
  it.each<[name: string, rule: ScanRule]>([
    ['a failed prescan', { prescanOutcome: 'failed' }],
    ['a prescan without modules', { prescanOutcome: 'no-modules' }],
    ['a failed scan', { scanOutcome: 'errors' }],
    ['a cancelled scan', { scanOutcome: 'cancelled' }],
    ['modules that nothing matches', { modules: [{ name: 'app' }] }],
  ])('goes with %s, and says so', async (name, rule) => {
    await start(rule);
    const options = platform.options();
    const modules = { selection: 'all-non-fatal', include: name.startsWith('modules') ? ['other'] : [], exclude: [] } as const;
    await expect(scan({ modules }, options)).rejects.toMatchObject({ name: 'ScanFailedError' });
    expect(live()).toEqual({ sandboxes: [], builds: [] });
    expect(options.events).toContainEqual({ type: 'sandbox-deleted', id: expect.stringMatching(/^\d+$/), name: 'feature' });
    expect(options.states.slice(-2)).toMatchObject([
      { step: 'delete-sandbox', progress: 'began', sandbox: { name: 'feature' }, build: null },
      { step: 'delete-sandbox', progress: 'done', sandbox: null, build: null },
    ]);
  });

  it('stays with its build where both are to be kept, and the next failures use it again', async () => {
    await start({ scanOutcome: 'errors' });
    await expect(scan({ keepFailedBuild: true })).rejects.toMatchObject({ name: 'ScanFailedError' });
    expect(live()).toEqual({ sandboxes: ['feature'], builds: ['Jenkins 17'] });
    for (const scanName of ['Jenkins 18', 'Jenkins 19']) {
      await expect(scan({ keepFailedBuild: true, scanName, deleteIncomplete: 'not-running' })).rejects.toMatchObject({ name: 'ScanFailedError' });
    }
    expect(platform.emulator.snapshot().applications[0]?.sandboxes).toHaveLength(1);
  });

  it.each<[error: VeracodeErrorName, rule: ScanRule, fault: string | null]>([
    ['DeadlineError', { scanOutcome: 'never-ends' }, null],
    ['DeadlineError', { calculatingSeconds: 36_000 }, null],
    ['ServiceError', {}, 'beginprescan.do'],
    ['ServiceError', {}, 'getbuildinfo.do'],
  ])('stays after a %s (%j, %s)', async (name, rule, fault) => {
    await start(rule);
    if (fault !== null) platform.emulator.faults.set({ operation: fault, kind: 'status:503', count: 'all' });
    await expect(scan()).rejects.toMatchObject({ name });
    expect(live().sandboxes).toEqual(['feature']);
    expect(platform.calls()).not.toContain('deletesandbox.do');
  });

  it.each(['while it waits', 'when it has failed already'])('stays when the run is cancelled %s', async (moment) => {
    await start({ scanOutcome: 'errors' });
    const cancelling = new AbortController();
    const cancel = (): void => cancelling.abort(new AbortedError('SIGTERM', { code: 'cancelled' }));
    const options = platform.options({
      signal: cancelling.signal,
      onProgress(event) {
        if (moment === 'while it waits' ? event.type === 'poll' : event.type === 'build-deleted') cancel();
      },
    });
    await expect(scan({}, options)).rejects.toThrow();
    expect(live().sandboxes).toEqual(['feature']);
  });

  it('is known from the state of the run that made it', async () => {
    await start({ scanOutcome: 'errors' });
    const first = platform.options();
    const cancelling = new AbortController();
    const options = { ...first, signal: cancelling.signal, onProgress: (event: { readonly type: string }) => event.type === 'poll' && cancelling.abort(new AbortedError('SIGTERM', { code: 'cancelled' })) };
    await expect(scan({}, options)).rejects.toMatchObject({ name: 'AbortedError' });
    const resumeFrom = first.states.at(-1);
    expect(resumeFrom).toMatchObject({ sandbox: { name: 'feature', created: true } });
    if (resumeFrom === undefined) throw new Error('no state');
    await expect(scan({}, platform.options({ resumeFrom }))).rejects.toMatchObject({ name: 'ScanFailedError' });
    expect(live()).toEqual({ sandboxes: [], builds: [] });
  });

  it.each(LOSSES)('goes once, whatever becomes of the answer: %s', async (kind) => {
    await start({ scanOutcome: 'errors' }, { applications: [{ name: 'Shop', sandboxes: [{ name: 'other' }] }] });
    platform.emulator.faults.set({ operation: 'deletesandbox.do', kind, count: 2 });
    const options = platform.options();
    await expect(scan({}, options)).rejects.toMatchObject({ code: 'scan-errors' });
    expect(live()).toEqual({ sandboxes: ['other'], builds: [] });
    expect(options.events.filter(({ type }) => type === 'sandbox-deleted' || type === 'warning')).toMatchObject([{ type: 'sandbox-deleted', name: 'feature' }]);
  });

  it('goes though a list still shows the build that was deleted', async () => {
    let shown = 0;
    const lagging = (text: string): string => {
      const build = platform.emulator.snapshot().applications[0]?.builds.find(({ deleted }) => deleted);
      if (build === undefined) return text;
      shown += 1;
      return text.replace(/\/>\s*$|><\/buildlist>\s*$/u, `><build build_id="${build.id}" version="${build.name}"/></buildlist>`);
    };
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop' }], scans: [{ scanOutcome: 'errors' }] }, (network) => tampering(network, 'getbuildlist.do', lagging));
    await expect(scan()).rejects.toMatchObject({ code: 'scan-errors' });
    expect([live(), shown]).toEqual([{ sandboxes: [], builds: [] }, 1]);
  });

  it('that cannot be deleted is told, and the failure stays the reason', async () => {
    await start({ scanOutcome: 'errors' });
    platform.emulator.faults.set({ operation: 'deletesandbox.do', kind: 'status:503', count: 'all' });
    const options = platform.options();
    await expect(scan({}, options)).rejects.toMatchObject({ code: 'scan-errors' });
    expect(options.events).toContainEqual({ type: 'warning', message: expect.stringMatching(/^Sandbox "feature" \(\d+\), made for this scan, could not be deleted: ./) });
    expect(live().builds).toEqual([]);
  });
});

describe('a sandbox', () => {
  it('that was there before stays', async () => {
    await start({ scanOutcome: 'errors' }, { applications: [{ name: 'Shop', sandboxes: [{ name: 'feature' }] }] });
    await expect(scan()).rejects.toMatchObject({ name: 'ScanFailedError' });
    expect(live()).toEqual({ sandboxes: ['feature'], builds: [] });
  });

  it('with a build of somebody else in it stays', async () => {
    await start({ scanOutcome: 'errors' });
    const seen: string[] = [];
    const options = platform.options({
      onProgress(event) {
        seen.push(event.type);
        if (event.type !== 'build-deleted') return;
        const [application] = platform.emulator.snapshot().applications;
        const [sandbox] = application?.sandboxes ?? [];
        platform.emulator.interventions.createBuild({ applicationId: application?.id ?? '', sandboxId: sandbox?.id ?? '', name: "somebody's" });
      },
    });
    await expect(scan({}, options)).rejects.toMatchObject({ name: 'ScanFailedError' });
    expect(live()).toEqual({ sandboxes: ['feature'], builds: ["somebody's"] });
    expect(platform.calls()).not.toContain('deletesandbox.do');
    // Whoever resumes finds it.
    expect(options.states.at(-1)).toMatchObject({ step: 'delete-sandbox', progress: 'done', sandbox: { name: 'feature' } });
    expect([seen.includes('build-deleted'), seen.includes('sandbox-deleted')]).toEqual([true, false]);
  });

  it.each(['reset-after', 'cut-body'])('whose making was not answered (%s) may be of somebody else, and stays', async (kind) => {
    await start({ scanOutcome: 'errors' });
    platform.emulator.faults.set({ operation: 'createsandbox.do', kind });
    await expect(scan()).rejects.toMatchObject({ name: 'ScanFailedError' });
    expect(live()).toEqual({ sandboxes: ['feature'], builds: [] });
  });
});

describe('a run that died while it deleted its sandbox', () => {
  it.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])('is gone on with in whatever is there (it was deleted: %s; its profile was new: %s)', async (wasDeleted, isNewProfile) => {
    await start({ findings: [], components: [] }, isNewProfile ? { applications: [], settings: {} } : {});
    const first = platform.options();
    await scan({ wait: false }, first);
    const submitted = first.states.at(-1);
    const [application] = platform.emulator.snapshot().applications;
    const [sandbox] = application?.sandboxes ?? [];
    const [build] = application?.builds ?? [];
    if (submitted === undefined || sandbox === undefined || build === undefined) throw new Error('nothing was submitted');
    platform.emulator.interventions.deleteBuild(build.id);
    if (wasDeleted) platform.emulator.interventions.deleteSandbox(sandbox.id);
    const resumeFrom: ScanState = { ...submitted, build: null, artifacts: [], step: 'delete-sandbox', progress: 'began' };
    const options = platform.options({ resumeFrom });
    await expect(scan({}, options)).resolves.toMatchObject({ kind: 'proven', sandbox: { name: 'feature', created: true } });
    expect(live()).toEqual({ sandboxes: ['feature'], builds: ['Jenkins 17'] });
  });
});
