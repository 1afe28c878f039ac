import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { tampering } from '../../test/tampering-client.js';
import { listFiles, removeFile, uploadFile } from '../api/xml/files.js';
import type { ScanState } from './scan-state.js';
import { uploadAndScan } from './upload-and-scan.js';
import { waitForScan } from './wait-for-scan.js';

const PLAIN = { settings: { xmlStyle: 'plain' as const } };
const ATTACH = { timeoutMs: 6 * 3_600_000, pollIntervalMs: 120_000 };

/** A person at the platform's site puts other bytes in the place of our file. */
async function replaceFile(platform: EmulatedPlatform, name: string): Promise<void> {
  const context = { applicationId: platform.emulator.snapshot().applications[0]?.id ?? '', sandboxId: null };
  const { files } = await listFiles(platform.client, context);
  for (const { id } of files.filter((file) => file.name === name)) await removeFile(platform.client, { ...context, fileId: id });
  await addFile(platform, name);
}

async function addFile(platform: EmulatedPlatform, name: string): Promise<void> {
  const artifact = { ...(await platform.artifact('by-hand.bin', 'evil')), name };
  await uploadFile(platform.client, { applicationId: platform.emulator.snapshot().applications[0]?.id ?? '', sandboxId: null, artifact });
}

const isPrescanBegun = ({ step, progress }: ScanState): boolean => step === 'prescan' && progress === 'began';

const REPLACED = {
  name: 'ConflictError',
  code: 'files-changed',
  message: expect.stringMatching(/^Build \d+ does not hold the files that this run proved: it holds "shop\.war" \(Uploaded, MD5 [0-9a-f]{32}\)\. Somebody changed it before its prescan began\.$/),
  advice: expect.stringMatching(/one pipeline at a time/),
};

describe('a file that somebody replaced after it was proven', () => {
  it.each([true, false])('ends the run that uploaded it, which waits: %s', async (wait) => {
    const platform = await startEmulatedPlatform();
    const request = scanRequest([await platform.artifact('shop.war')], { wait });
    const saveState = (state: ScanState): Promise<void> => (isPrescanBegun(state) ? replaceFile(platform, 'shop.war') : Promise.resolve());
    await expect(uploadAndScan(platform.client, request, platform.options({ saveState }))).rejects.toMatchObject(REPLACED);
    expect(platform.calls()).not.toContain('detailedreport.do');
  });

  it('ends whoever attaches to the build of a killed run', async () => {
    const platform = await startEmulatedPlatform();
    let left: ScanState | undefined;
    const saveState = (state: ScanState): Promise<void> => {
      left = state;
      return isPrescanBegun(state) ? Promise.reject(new Error('killed')) : Promise.resolve();
    };
    const request = scanRequest([await platform.artifact('shop.war')]);
    await expect(uploadAndScan(platform.client, request, platform.options({ saveState }))).rejects.toThrow('killed');
    if (left === undefined) throw new Error('no state');
    await replaceFile(platform, 'shop.war');
    await expect(waitForScan(platform.client, { state: left, ...ATTACH }, platform.options())).rejects.toMatchObject(REPLACED);
  });
});

describe('a file that somebody added after ours were proven', () => {
  it('ends the run', async () => {
    const platform = await startEmulatedPlatform();
    const saveState = (state: ScanState): Promise<void> => (isPrescanBegun(state) ? addFile(platform, 'more.war') : Promise.resolve());
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options({ saveState }));
    await expect(run).rejects.toMatchObject({ code: 'files-changed', message: expect.stringContaining('"more.war"') });
  });
});

describe('the list of files that were scanned', () => {
  /** Scans while the file lists after the first are changed on their way, `times` of them. */
  async function scanWithLists(change: (list: string) => string, times = Infinity): ReturnType<typeof uploadAndScan> {
    let lists = 0;
    const changeLater = (list: string): string => {
      lists += 1;
      return lists > 1 && lists <= times + 1 ? change(list) : list;
    };
    const platform = await startEmulatedPlatform(PLAIN, (network) => tampering(network, 'getfilelist.do', changeLater));
    return uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
  }

  const changes: readonly [string, (list: string) => string, object][] = [
    ['another id', (list) => list.replace(/file_id="[^"]*"/, 'file_id="77"'), { code: 'files-changed' }],
    ['another name', (list) => list.replace(/file_name="[^"]*"/, 'file_name="till.war"'), { code: 'files-changed' }],
    ['another checksum', (list) => list.replace(/file_md5="[^"]*"/, `file_md5="${'0'.repeat(32)}"`), { code: 'files-changed' }],
    ['no file', (list) => list.replace(/<file [^>]*\/>/, ''), { code: 'files-changed', message: expect.stringContaining('it holds no files.') }],
    ['no checksum', (list) => list.replace(/ file_md5="[^"]*"/, ''), { name: 'ProtocolError', code: 'checksum-not-told' }],
    ['another build', (list) => list.replace(/build_id="[^"]*"/, 'build_id="42"'), { code: 'strangers-build' }],
  ];
  it.each(changes)('that tells %s ends the run', async (_name, change, error) => {
    await expect(scanWithLists(change)).rejects.toMatchObject(error);
  });

  it.each(changes)('that tells %s three times is read again', async (_name, change) => {
    await expect(scanWithLists(change, 3)).resolves.toMatchObject({ kind: 'proven' });
  });

  it('may say that the platform has thrown the bytes away', async () => {
    await expect(scanWithLists((list) => list.replace('"Uploaded"', '"Purged"'))).resolves.toMatchObject({ kind: 'proven' });
  });

  it('is not asked for where the state names no files', async () => {
    const platform = await startEmulatedPlatform();
    const options = platform.options();
    await uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')], { wait: false }), options);
    const state = options.states.at(-1);
    if (state === undefined) throw new Error('no state');
    const before = platform.calls().length;
    await expect(waitForScan(platform.client, { state: { ...state, artifacts: [] }, ...ATTACH }, platform.options())).resolves.toMatchObject({ kind: 'proven' });
    expect(platform.calls().slice(before)).not.toContain('getfilelist.do');
  });
});
