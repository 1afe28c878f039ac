import { describe, expect, it } from '@jest/globals';
import type { ScenarioInput } from '@verapipe/emulator';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { tampering } from '../../test/tampering-client.js';
import { uploadAndScan } from './upload-and-scan.js';

type ScanRule = NonNullable<ScenarioInput['scans']>[number];

let platform: EmulatedPlatform;

async function scan(rule: ScanRule, more: Parameters<typeof scanRequest>[1] = {}): ReturnType<typeof uploadAndScan> {
  platform = await startEmulatedPlatform({ scans: [rule] });
  return uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')], more), platform.options());
}

function liveBuilds(): number {
  return platform.emulator.snapshot().applications.flatMap(({ builds }) => builds.filter(({ deleted }) => !deleted)).length;
}

describe('a scan that ends badly', () => {
  const ends: readonly [ScanRule, string, string, RegExp][] = [
    [{ prescanOutcome: 'failed' }, 'prescan-failed', 'Pre-Scan Failed', /Look at the prescan/],
    [{ prescanOutcome: 'cancelled' }, 'prescan-cancelled', 'Pre-Scan Cancelled', /Somebody stopped it/],
    [{ prescanOutcome: 'no-modules' }, 'no-modules-defined', 'No Modules Defined', /Nothing in the upload can be analysed/],
    [{ scanOutcome: 'errors' }, 'scan-errors', 'Scan Errors', /open a case/],
    [{ scanOutcome: 'internal-error' }, 'scan-internal-error', 'Scan Internal Error', /open a case/],
    [{ scanOutcome: 'cancelled' }, 'scan-cancelled', 'Scan Cancelled', /Somebody stopped it/],
  ];
  it.each(ends)('by %j is a failure that names the state and blocks nobody', async (rule, code, status, advice) => {
    await expect(scan(rule)).rejects.toMatchObject({
      name: 'ScanFailedError',
      code,
      message: expect.stringMatching(new RegExp(`^The platform ended scan "Jenkins 17" \\(build \\d+\\) with "${status}"\\. http://`)),
      advice: expect.stringMatching(advice),
    });
    expect(liveBuilds()).toBe(0);
  });

  it('is left on the platform when the request says so', async () => {
    await expect(scan({ scanOutcome: 'errors' }, { keepFailedBuild: true })).rejects.toMatchObject({ code: 'scan-errors' });
    expect(liveBuilds()).toBe(1);
  });

  it('that cannot be cleared away is told as well, and stays the reason', async () => {
    platform = await startEmulatedPlatform({ scans: [{ scanOutcome: 'errors' }] });
    platform.emulator.faults.set({ operation: 'deletebuild.do', kind: 'status:503', count: 'all' });
    const options = platform.options();
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), options);
    await expect(run).rejects.toMatchObject({ code: 'scan-errors' });
    expect(options.events).toContainEqual({
      type: 'warning',
      message: expect.stringMatching(/^Build \d+ could not be deleted and may block the next run: ./),
    });
  });

  it('is told apart from a deleted one', async () => {
    platform = await startEmulatedPlatform();
    const artifact = await platform.artifact('shop.war');
    const options = platform.options({
      onProgress: (event) => {
        if (event.type === 'poll' && event.status === 'scan-in-process') platform.emulator.interventions.deleteBuild(event.buildId);
      },
    });
    await expect(uploadAndScan(platform.client, scanRequest([artifact]), options)).rejects.toMatchObject({
      name: 'ScanFailedError',
      code: 'build-deleted',
      message: expect.stringMatching(/^Build \d+ is not on the platform any more: somebody deleted it\.$/),
      advice: expect.stringMatching(/who deletes builds/),
    });
  });
});

describe('a scan that does not end in time', () => {
  const ends: readonly [ScanRule, string, RegExp][] = [
    [{ prescanOutcome: 'never-ends' }, 'prescan-not-finished', /Pre-Scan Submitted/],
    [{ scanOutcome: 'never-ends' }, 'scan-not-finished', /Scan In Process/],
    [{ scanOutcome: 'on-hold' }, 'waiting-for-person', /Scan On Hold/],
    [{ scanOutcome: 'pending-review' }, 'waiting-for-person', /Pending Internal Review/],
    [{ scanOutcome: 'not-submitted' }, 'scan-not-finished', /Not Submitted to Engine/],
    [{ calculatingSeconds: 10 * 3600 }, 'policy-undecided', /Calculating/],
  ];
  it.each(ends)('by %j goes on, and is told with its state', async (rule, code, message) => {
    await expect(scan(rule)).rejects.toMatchObject({
      name: 'DeadlineError',
      code,
      message: expect.stringMatching(new RegExp(`\\(build \\d+\\).*${message.source}|prescan of build \\d+ .*${message.source}`)),
      advice: expect.stringMatching(/Attach to it later/),
    });
    expect(liveBuilds()).toBe(1);
  });

  it('is asked for a last time just before the deadline', async () => {
    await expect(scan({ scanOutcome: 'never-ends' }, { timeoutMs: 3_600_000 })).rejects.toMatchObject({ name: 'DeadlineError' });
    const journal = platform.emulator.journal();
    const tookMs = (journal.at(-1)?.wallMs ?? 0) - (journal[0]?.wallMs ?? 0);
    expect(tookMs).toBeGreaterThan(3_590_000);
    expect(tookMs).toBeLessThan(3_600_000);
  });
});

describe('the policy', () => {
  it('is waited for while it is calculated', async () => {
    platform = await startEmulatedPlatform({ scans: [{ calculatingSeconds: 900 }] });
    const options = platform.options();
    const outcome = await uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), options);
    expect(outcome).toMatchObject({ kind: 'proven', policy: { deciding: expect.stringMatching(/pass/) } });
    const waits = options.events.flatMap((event) => (event.type === 'poll' ? [event.waitingFor] : []));
    expect([...new Set(waits)]).toEqual(['prescan', 'scan', 'policy']);
  });

  it('that says Not Assessed is given ten minutes to think, and one that has decided none', async () => {
    const minutesUntilReport = async (evaluation: 'Not Assessed' | 'Pass'): Promise<number> => {
      const ready: number[] = [];
      platform = await startEmulatedPlatform({ scans: [{ policy: { evaluation } }] });
      const options = platform.options({
        onProgress: (event) => {
          if (event.type === 'poll' && event.status === 'results-ready') ready.push(platform.clock.now());
        },
      });
      await uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), options);
      const report = platform.emulator.journal().find(({ operation }) => operation === 'detailedreport.do');
      return ((report?.wallMs ?? 0) - (ready[0] ?? 0)) / 60_000;
    };
    const patience = await minutesUntilReport('Not Assessed');
    expect(patience).toBeGreaterThanOrEqual(10);
    expect(patience).toBeLessThan(13);
    expect(await minutesUntilReport('Pass')).toBeLessThan(1);
  });

  it.each([
    ['Pass', 'pass'],
    ['Conditional Pass', 'conditional-pass'],
    ['Did Not Pass', 'did-not-pass'],
    ['Not Assessed', 'not-assessed'],
  ] as const)('says %s', async (evaluation, deciding) => {
    expect(await scan({ policy: { evaluation } })).toMatchObject({ policy: { deciding, evaluatedAt: expect.any(String) } });
  });

  it('judges a sandbox by its rules', async () => {
    const rule: ScanRule = { policy: { evaluation: 'Conditional Pass', rulesStatus: 'Pass' } };
    const outcome = await scan(rule, { sandbox: { name: 'feature', create: true } });
    expect(outcome).toMatchObject({ policy: { evaluation: 'conditional-pass', rulesStatus: 'pass', deciding: 'pass' } });
  });
});

describe('a file that the platform does not want', () => {
  it.each(['Invalid Archive', 'Archive File is Password Protected'] as const)('as %s ends the run', async (status) => {
    await expect(scan({ uploads: [{ file: '*', status }] })).rejects.toMatchObject({
      name: 'ScanFailedError',
      code: 'file-unfit',
      message: expect.stringMatching(new RegExp(`^The platform cannot use "shop\\.war" \\(${status}, MD5 .*\\)\\.$`)),
      advice: expect.stringMatching(/one level of archives/),
    });
    expect(liveBuilds()).toBe(0);
  });

  it('as refused ends the run with the words of the platform', async () => {
    await expect(scan({ uploads: [{ file: '*', refuse: 'The file cannot be analyzed.' }] })).rejects.toMatchObject({
      name: 'ScanFailedError',
      code: 'file-refused',
      message: expect.stringMatching(/^The platform does not take "shop\.war": .*The file cannot be analyzed\./),
      advice: expect.stringContaining('--exclude'),
    });
    expect(liveBuilds()).toBe(0);
  });

  it.each(['Partial', 'Missing', 'Invalid Checksum'] as const)('as %s is never taken for uploaded', async (status) => {
    await expect(scan({ uploads: [{ file: '*', status }] })).rejects.toMatchObject({ code: 'upload-not-proven' });
    expect(liveBuilds()).toBe(0);
  });
});

/** Scans while the platform's word for a running scan is another one, in the first answers that have it. */
async function scanWithWord(word: string, times: number, include: readonly string[] = []): ReturnType<typeof uploadAndScan> {
  let answers = 0;
  const change = (info: string): string => {
    if (!/ status="(Scan In Process|Submitted to Engine)"/.test(info)) return info;
    answers += 1;
    return answers > times ? info : info.replace(/ status="(Scan In Process|Submitted to Engine)"/, ` status="${word}"`);
  };
  platform = await startEmulatedPlatform({ settings: { xmlStyle: 'plain' } }, (network) => tampering(network, 'getbuildinfo.do', change));
  const request = scanRequest([await platform.artifact('shop.war')], { modules: { selection: 'all-non-fatal', include, exclude: [] } });
  return uploadAndScan(platform.client, request, platform.options());
}

describe('a scan that was begun', () => {
  it('and shows as not begun for a while is waited for', async () => {
    await expect(scanWithWord('Pre-Scan Success', 3, ['*'])).resolves.toMatchObject({ kind: 'proven' });
  });

  it('and stays as if it were not is stuck', async () => {
    await expect(scanWithWord('Pre-Scan Success', Infinity, ['*'])).rejects.toMatchObject({
      name: 'ScanFailedError',
      code: 'stuck',
      message: expect.stringMatching(/^Scan "Jenkins 17" \(build \d+\) stays at "Pre-Scan Success" although its next step was begun\. http:/),
      advice: expect.stringMatching(/open a case/),
    });
  });

  it('and has a state that nobody knows is waited for', async () => {
    await expect(scanWithWord('Scan Reticulating Splines', 3)).resolves.toMatchObject({ kind: 'proven' });
  });
});

describe('a run that is cancelled', () => {
  it.each(['prescan-submitted', 'scan-in-process'])('while it waits at %s ends at once, and its scan goes on', async (status) => {
    platform = await startEmulatedPlatform();
    const cancel = new AbortController();
    const reason = new Error('enough');
    const options = platform.options({
      signal: cancel.signal,
      onProgress: (event) => {
        if (event.type === 'poll' && event.status === status) cancel.abort(reason);
      },
    });
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), options);
    await expect(run).rejects.toBe(reason);
    expect(liveBuilds()).toBe(1);
    expect(platform.emulator.journal().at(-1)?.operation).toBe('getbuildinfo.do');
  });

  it('while files are taken in ends at once', async () => {
    const cancel = new AbortController();
    const reason = new Error('enough');
    let lists = 0;
    const change = (list: string): string => {
      lists += 1;
      if (lists === 2) cancel.abort(reason);
      return list.replace('file_status="Uploaded"', 'file_status="Pending Upload"');
    };
    platform = await startEmulatedPlatform({ settings: { xmlStyle: 'plain' } }, (network) => tampering(network, 'getfilelist.do', change));
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options({ signal: cancel.signal }));
    await expect(run).rejects.toBe(reason);
    expect(lists).toBe(2);
  });
});
