import { mkdir, readdir, readFile, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createUndiciHttpClient, type HttpClient } from '@verapipe/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { runCli } from '../src/run-cli.js';
import { type EmulatedCli, type Ended, MAIN, startEmulatedCli } from './emulated-cli.js';
import { createTextSink } from './text-sink.js';

const isWindows = process.platform === 'win32';
const CLEAN = { scans: [{ findings: [], components: [] }] };

let world: EmulatedCli;
beforeEach(async () => {
  world = await startEmulatedCli(CLEAN);
});
afterEach(() => world.close());

/** Names and sizes of the files that the platform holds. */
function heldFiles(): readonly (readonly [name: string, sizeBytes: number])[] {
  return world.emulator.snapshot().applications.flatMap(({ builds }) => builds.flatMap(({ files }) => files.map(({ name, sizeBytes }) => [name, sizeBytes] as const)));
}

describe('unusual names', () => {
  const everywhere = ['my shop.jar', "it's.jar", 'ünïcödé 数据 🎉.jar', '-rf.jar', '100%25.jar', 'a&b=c+d;e#f.jar', '[abc].jar', 'e\u0301.jar'];
  // Windows has no such names.
  const elsewhere = ['"quoted".jar', 'what?.jar', '*.jar', '<a>|b.jar'];
  const names = isWindows ? everywhere : [...everywhere, ...elsewhere];

  it('arrive on the platform as they are', async () => {
    for (const name of names) await writeFile(join(world.cwd, name), `content of ${name}`);
    const { exitCode, stderr } = await world.scan(...names.map((name) => `--file=${name}`));
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const wanted = [...names, 'shop.jar'].map((name) => [name, Buffer.byteLength(`content of ${name}`)]);
    expect(new Set(heldFiles().map((file) => JSON.stringify(file)))).toEqual(new Set(wanted.map((file) => JSON.stringify(file))));
    const { artifacts } = (await world.readJson('verapipe-results.json')) as { artifacts: readonly { name: string }[] };
    expect(new Set(artifacts.map(({ name }) => name))).toEqual(new Set([...names, 'shop.jar']));
  });

  const refused = ['.hidden.jar', ...(isWindows ? [] : ['two\nlines.jar', 'bell\u0007.jar', 'back\\slash.jar', 'blank.jar '])];
  it.each(refused)('that the platform would not keep are faults: %j', async (name) => {
    await writeFile(join(world.cwd, name), 'x');
    const { exitCode, stderr } = await world.scan(`--file=${name}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--save-as gives another name');
    expect(stderr).not.toMatch(/[^\P{Cc}\n]/u);
    expect(world.emulator.journal()).toEqual([]);
  });

  it.each(refused)('and may have other names there: %j', async (name) => {
    await writeFile(join(world.cwd, name), 'unusual');
    const args = ['scan', '--app', 'Shop', '--create-profile', '--platform-url', world.emulator.url, `--file=${name}`, '--save-as', '*=usual.jar'];
    expect(await world.start(args).ended).toMatchObject({ exitCode: 0 });
    expect(heldFiles()).toEqual([['usual.jar', 7]]);
  });
});

const itLinks = isWindows ? it.skip : it;

describe('links out of the workspace', () => {
  itLinks.each([
    ['a link to a file', 'stolen.jar', 'stolen.jar'],
    ['a pattern that meets one', 'stolen.jar', '*.jar'],
  ])('are faults: %s (not run on Windows: links need a right)', async (_name, link, file) => {
    const outside = join(world.cwd, '..', 'secret.jar');
    await writeFile(outside, 'nothing that was meant');
    await symlink(outside, join(world.cwd, link));
    const { exitCode, stderr } = await world.scan('--file', file);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('a symbolic link to ') });
    expect(world.emulator.journal()).toEqual([]);
  });
});

describe('a file that is not what it was', () => {
  const SIZE = 5 * 1024 * 1024;

  /** Runs `scan`, and does something to `shop.jar` when the first part of the first upload has left. */
  async function scanWhile(change: (path: string) => Promise<void>): Promise<{ readonly exitCode: number; readonly stderr: string }> {
    const path = join(world.cwd, 'shop.jar');
    await writeFile(path, Buffer.alloc(SIZE, 'verapipe'));
    const network = createUndiciHttpClient();
    let isFirst = true;
    const httpClient: HttpClient = {
      send: (request, signal) => {
        const { body } = request;
        if (request.operation.name !== 'uploadlargefile.do' || body === undefined || !isFirst) return network.send(request, signal);
        isFirst = false;
        return network.send({ ...request, body: { ...body, open: () => afterFirst(body.open(), () => change(path)) } }, signal);
      },
      close: () => network.close(),
    };
    const stderr = createTextSink();
    const exitCode = await runCli({
      args: ['scan', '--app', 'Shop', '--create-profile', '--file', 'shop.jar', '--platform-url', world.emulator.url],
      env: { VERACODE_API_KEY_ID: world.emulator.apiId, VERACODE_API_KEY_SECRET: world.emulator.apiKey },
      cwd: world.cwd,
      homeDir: world.cwd,
      platform: process.platform,
      stdout: createTextSink(),
      stderr,
      signal: new AbortController().signal,
      httpClient,
    });
    return { exitCode, stderr: stderr.text() };
  }

  it.each<[name: string, change: (path: string) => Promise<void>]>([
    ['shrinks', (path) => truncate(path, SIZE / 2)],
    ['vanishes into nothing', (path) => truncate(path, 0)],
    ['grows', (path) => writeFile(path, 'more', { flag: 'a' })],
    ['changes and keeps its size', (path) => writeFile(path, Buffer.alloc(SIZE, 'pipevera'))],
    ['is only touched', (path) => utimes(path, new Date(), new Date(Date.now() + 5000))],
  ])('%s during the upload: 9, and no half of it stays', async (_name, change) => {
    const { exitCode, stderr } = await scanWhile(change);
    expect({ exitCode, stderr }).toEqual({ exitCode: 9, stderr: expect.stringMatching(/Error: .*shop\.jar.* changed/u) });
    expect(heldFiles()).toEqual([]);
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ verdict: 'none', proof: null });
    // The build of the failed run is not in the way of the next one.
    await writeFile(join(world.cwd, 'shop.jar'), 'whole');
    expect(await world.scan('--scan-name', 'next')).toMatchObject({ exitCode: 0 });
    expect(heldFiles()).toEqual([['shop.jar', 5]]);
  });
});

async function* afterFirst(parts: AsyncIterable<Uint8Array>, act: () => Promise<void>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const part of parts) {
    yield part;
    if (isFirst) await act();
    isFirst = false;
  }
}

const itLimits = isWindows ? it.skip : it;

describe('a disk that fills up', () => {
  /** Runs `scan` in a process that can write so many bytes into a file and no more: Node meets EFBIG as it would ENOSPC. */
  function scanWithRoomFor(bytes: number): Promise<Ended> {
    const command = ['sh', '-c', 'ulimit -f "$0" && exec "$@"', String(Math.floor(bytes / 512)), process.execPath, MAIN];
    return world.start(['scan', '--app', 'Shop', '--create-profile', '--file', 'shop.jar', '--platform-url', world.emulator.url], {}, command).ended;
  }

  itLimits('before the scan starts: 9, and nothing was sent (not run on Windows: it has no such limits)', async () => {
    const { exitCode, stderr } = await scanWithRoomFor(0);
    expect({ exitCode, stderr }).toEqual({ exitCode: 9, stderr: expect.stringContaining('there is no room left') });
    expect(world.emulator.journal()).toEqual([]);
  });

  itLimits('while the report is written: 9, no half of it stays, and --resume finishes (not run on Windows: it has no such limits)', async () => {
    await world.close();
    world = await startEmulatedCli({ scans: [{ findings: 'typical' }] });
    const { exitCode, stdout, stderr } = await scanWithRoomFor(4096);
    expect({ exitCode, stderr }).toEqual({ exitCode: 9, stderr: expect.stringMatching(/veracode-detailed-report\.xml could not be written: there is no room left/u) });
    expect(stdout).not.toMatch(/PASS|FAIL/u);
    expect((await readdir(world.cwd)).toSorted()).toEqual(['.verapipe', 'shop.jar', 'verapipe-results.json']);
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ verdict: 'none', proof: null });
    expect((await world.scan('--resume')).exitCode).toBe(1);
    expect(await readFile(join(world.cwd, 'veracode-detailed-report.xml'), 'utf8')).toContain('</detailedreport>');
    expect(world.emulator.snapshot().applications[0]?.builds).toHaveLength(1);
  });
});

const itFull = process.platform === 'linux' ? it : it.skip;

describe('an output that takes nothing', () => {
  function scanInto(shellWords: string, ...more: readonly string[]): Promise<Ended> {
    const command = ['sh', '-c', shellWords, 'sh', process.execPath, MAIN];
    return world.start(['scan', '--app', 'Shop', '--create-profile', '--file', 'shop.jar', '--platform-url', world.emulator.url, ...more], {}, command).ended;
  }

  itFull.each([[['--json']], [[]]])('is no success of a run, with %j: 9 (run on Linux, which has /dev/full)', async (options) => {
    const { exitCode, stderr } = await scanInto('"$@" > /dev/full', ...options);
    expect({ exitCode, stderr }).toEqual({ exitCode: 9, stderr: expect.stringMatching(/Error: The output could not be written: ENOSPC[^]+Next: Look whether the disk is full/u) });
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ verdict: 'pass' });
  });

  itFull('does not hide that a gate failed: 1 (run on Linux, which has /dev/full)', async () => {
    await world.close();
    world = await startEmulatedCli({ scans: [{ findings: 'typical' }] });
    const { exitCode, stderr } = await scanInto('"$@" > /dev/full', '--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('Error: The output could not be written') });
  });

  itLimits('because its reader went away changes nothing (not run on Windows: it has no such shell)', async () => {
    const { stderr } = await scanInto('{ "$@"; echo "ended with $?" >&2; } | true', '--json');
    expect(stderr).toMatch(/PASS: policy scan[^]+ended with 0\n$/u);
    expect(stderr).not.toContain('Error');
  });
});

describe('an output folder that cannot be', () => {
  it('is found out before the scan starts: 9', async () => {
    await mkdir(join(world.cwd, 'out'));
    await writeFile(join(world.cwd, 'out', 'file'), 'in the way');
    const { exitCode, stderr } = await world.scan('--output-dir', 'out/file/results');
    expect({ exitCode, stderr }).toEqual({ exitCode: 9, stderr: expect.stringContaining('could not be written') });
    expect(world.emulator.journal()).toEqual([]);
  });
});
