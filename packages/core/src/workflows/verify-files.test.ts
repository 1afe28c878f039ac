import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { tampering } from '../../test/tampering-client.js';
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
    const times = listTimes();
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

  it('without a checksum proves by the name', async () => {
    await expect(scanWithLists((list) => list.replace(/ file_md5="[^"]*"/, ''))).resolves.toMatchObject({ kind: 'proven' });
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
