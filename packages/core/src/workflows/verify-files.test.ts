import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { tampering } from '../../test/tampering-client.js';
import type { ScanState } from './scan-state.js';
import { uploadAndScan } from './upload-and-scan.js';

let platform: EmulatedPlatform;

type Scan = ReturnType<typeof uploadAndScan>;

/** Scans while the first `times` file lists are changed on their way. */
async function scanWithLists(change: (list: string) => string, times = Infinity, more: Parameters<typeof scanRequest>[1] = {}): Scan {
  let lists = 0;
  const changeSome = (list: string): string => {
    lists += 1;
    return lists <= times ? change(list) : list;
  };
  platform = await startEmulatedPlatform({ settings: { xmlStyle: 'plain' } }, (network) => tampering(network, 'getfilelist.do', changeSome));
  return uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')], more), platform.options());
}

function listTimes(): readonly number[] {
  return platform.emulator.journal().filter(({ operation }) => operation === 'getfilelist.do').map(({ wallMs }) => wallMs);
}

const status =
  (text: string) =>
  (list: string): string =>
    list.replace(/file_status="[^"]*"/, `file_status="${text}"`);

const added =
  (name: string) =>
  (list: string): string =>
    list.replace(/<file [^>]*\/>/, (file) => `${file}${file.replace(/file_id="[^"]*"/, 'file_id="77"').replace(/file_name="[^"]*"/, `file_name="${name}"`)}`);

describe('the file list', () => {
  it.each(['Uploading', 'Pending Upload', ''])('at "%s" is asked for again at the interval of polls', async (word) => {
    await expect(scanWithLists(status(word), 3)).resolves.toMatchObject({ kind: 'proven' });
    // The last one is that of the scanned files.
    const times = listTimes().slice(0, -1);
    expect(times).toHaveLength(4);
    expect(times.slice(1).every((time, index) => time - (times[index] ?? 0) >= 120_000)).toBe(true);
  });

  it('that never settles ends the run with the deadline', async () => {
    await expect(scanWithLists(status('Uploading'), Infinity, { timeoutMs: 3_600_000 })).rejects.toMatchObject({
      name: 'DeadlineError',
      code: 'upload-not-taken-in',
      message: expect.stringMatching(/^The platform has not taken in all files of build \d+ in time\.$/),
      advice: expect.stringMatching(/--resume; nothing is uploaded twice/),
    });
    expect(platform.calls()).not.toContain('beginprescan.do');
  });

  it('with a word that nobody knows proves nothing', async () => {
    await expect(scanWithLists(status('Splendid'))).rejects.toMatchObject({
      code: 'upload-not-proven',
      message: expect.stringMatching(/^The files that were uploaded into build \d+ are not all there: the platform lists "shop\.war" \(Splendid, MD5 [0-9a-f]{32}\)\.$/),
      advice: expect.stringMatching(/uploads what is missing/),
      context: { operation: 'getfilelist.do' },
    });
  });

  it('with another checksum proves nothing', async () => {
    const other = (list: string): string => list.replace(/file_md5="[^"]*"/, `file_md5="${'0'.repeat(32)}"`);
    await expect(scanWithLists(other)).rejects.toMatchObject({ code: 'upload-not-proven' });
  });

  const unhashed = (list: string): string => list.replace(/ file_md5="[^"]*"/, '');

  it('without a checksum is asked for again, with growing pauses', async () => {
    await expect(scanWithLists(unhashed, 3)).resolves.toMatchObject({ kind: 'proven' });
    const [first = 0, ...later] = listTimes().slice(0, -1);
    expect(later.map((time) => time - first)).toEqual([2000, 6000, 14_000]);
  });

  it('that never tells a checksum proves nothing', async () => {
    await expect(scanWithLists(unhashed)).rejects.toMatchObject({
      name: 'ProtocolError',
      code: 'checksum-not-told',
      message: expect.stringMatching(/^The platform tells no checksum of "shop\.war" in build \d+, so nothing proves whose bytes they are\.$/),
      advice: expect.stringMatching(/support/),
      context: { operation: 'getfilelist.do' },
    });
    expect(platform.calls()).not.toContain('beginprescan.do');
    expect(listTimes()).toHaveLength(8);
  });

  it('that tells no checksum is not waited for beyond the deadline', async () => {
    await expect(scanWithLists(unhashed, Infinity, { timeoutMs: 60_000 })).rejects.toMatchObject({ code: 'checksum-not-told' });
    expect(listTimes()).toHaveLength(5);
  });

  it.each<[string, number, number]>([
    ['and is told later is kept', 2, 1],
    ['and never is told is taken out and brought again', Infinity, 2],
  ])('without the checksum of a file that an earlier attempt brought %s', async (_name, times, uploads) => {
    platform = await startEmulatedPlatform({ settings: { xmlStyle: 'plain' } }, (network) => tampering(network, 'getfilelist.do', unhashedSome));
    let lists = 0;
    function unhashedSome(list: string): string {
      lists += 1;
      // The earlier attempt reads one list, and dies.
      return lists > 1 && lists <= times + 1 && platform.calls().filter((call) => call === 'uploadlargefile.do').length === 1 ? unhashed(list) : list;
    }
    const request = scanRequest([await platform.artifact('shop.war')]);
    const killed = new Error('killed');
    const saveState = ({ step, progress }: ScanState): Promise<void> => (step === 'upload' && progress === 'done' ? Promise.reject(killed) : Promise.resolve());
    await expect(uploadAndScan(platform.client, request, platform.options({ saveState }))).rejects.toBe(killed);
    await expect(uploadAndScan(platform.client, request, platform.options())).resolves.toMatchObject({ kind: 'proven' });
    expect(platform.calls().filter((call) => call === 'uploadlargefile.do')).toHaveLength(uploads);
  });

  it('without our file proves nothing', async () => {
    await expect(scanWithLists((list) => list.replace(/<file [^>]*\/>/, ''))).rejects.toMatchObject({
      name: 'ProtocolError',
      code: 'upload-not-proven',
      message: expect.stringContaining('lists no files'),
    });
  });

  it("with somebody else's file stops the run", async () => {
    await expect(scanWithLists(added('other.war'))).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'strangers-file',
      message: expect.stringMatching(/^Build \d+ holds files that are not of this run: "other\.war" \(Uploaded, MD5 [0-9a-f]{32}\)\.$/),
      advice: expect.stringMatching(/one pipeline at a time/),
    });
    expect(platform.calls()).not.toContain('beginprescan.do');
  });

  it("that still shows a file which was taken out is read again: it is not somebody else's", async () => {
    const build = { name: 'Jenkins 17', status: 'Incomplete' as const, files: ['old.war'] };
    platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds: [build] }] });
    platform.emulator.faults.set({ operation: 'removefile.do', kind: 'stale-read:3' });
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    await expect(run).resolves.toMatchObject({ kind: 'proven' });
    expect(platform.emulator.snapshot().applications[0]?.builds).toMatchObject([{ files: [{ name: 'shop.war' }] }]);
  });

  it('of another build stops the run', async () => {
    const other = (list: string): string => list.replace(/build_id="[^"]*"/, 'build_id="42"');
    await expect(scanWithLists(other)).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'strangers-build',
      message: expect.stringMatching(/^getfilelist\.do was answered for build 42, but this run's build is \d+: somebody else works in the same place\.$/),
      advice: expect.stringMatching(/--wait-turn/),
      context: { operation: 'getfilelist.do' },
    });
    expect(platform.calls()).not.toContain('beginprescan.do');
  });

  it('with our file twice has the older one taken out', async () => {
    const twin = (list: string): string => list.replace(/<file [^>]*\/>/, (file) => `${file.replace(/file_id="[^"]*"/, 'file_id="77"')}${file}`);
    await expect(scanWithLists(twin, 1)).resolves.toMatchObject({ kind: 'proven', artifacts: [{ name: 'shop.war' }] });
    const removals = platform.emulator.journal().filter(({ operation }) => operation === 'removefile.do');
    expect(removals.map(({ parameters }) => parameters['file_id'])).toEqual(['77']);
  });
});

describe('the answer to an upload', () => {
  it('that lacks the file is not believed: the list is read', async () => {
    const without = (list: string): string => list.replace(/<file [^>]*\/>/, '');
    platform = await startEmulatedPlatform({ settings: { xmlStyle: 'plain' } }, (network) => tampering(network, 'uploadlargefile.do', without));
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    await expect(run).resolves.toMatchObject({ kind: 'proven' });
    expect(platform.calls().filter((call) => call === 'uploadlargefile.do')).toHaveLength(1);
  });
});

describe('a build of an earlier attempt that is past uploading', () => {
  const SHOP = { name: 'Shop' };

  async function attachWithoutChecksum(status: 'Scan In Process' | 'Results Ready', untoldLists = Infinity): Scan {
    let lists = 0;
    const unhashed = (list: string): string => {
      lists += 1;
      return lists > untoldLists ? list : list.replace(/ file_md5="[^"]*"/, '');
    };
    platform = await startEmulatedPlatform({ settings: { xmlStyle: 'plain' }, applications: [SHOP] }, (network) => tampering(network, 'getfilelist.do', (list) => (isAttaching ? unhashed(list) : list)));
    let isAttaching = false;
    const request = scanRequest([await platform.artifact('shop.war')], { wait: status === 'Results Ready' });
    await uploadAndScan(platform.client, request, platform.options());
    isAttaching = true;
    return uploadAndScan(platform.client, request, platform.options());
  }

  it('is not taken for ours by the name of its file while it runs', async () => {
    await expect(attachWithoutChecksum('Scan In Process')).rejects.toMatchObject({ code: 'checksum-not-told' });
  });

  it('is taken for ours once its checksum is told', async () => {
    await expect(attachWithoutChecksum('Scan In Process', 2)).resolves.toMatchObject({ kind: 'submitted' });
    expect(platform.emulator.snapshot().applications[0]?.builds).toHaveLength(1);
  });

  it('is not taken for ours by the name of its file when it has finished', async () => {
    await expect(attachWithoutChecksum('Results Ready')).rejects.toMatchObject({ code: 'checksum-not-told' });
    expect(platform.emulator.snapshot().applications[0]?.builds.map(({ name }) => name)).toEqual(['Jenkins 17', 'Jenkins 17 (2)']);
  });
});
