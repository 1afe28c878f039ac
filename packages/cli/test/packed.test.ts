import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedCli, MAIN, startEmulatedCli } from './emulated-cli.js';

const PACKAGE_MANAGER = process.env['npm_execpath'];
const WHY_NOT = PACKAGE_MANAGER === undefined ? ', not run: start it as `pnpm test`, it needs a package manager' : '';

let folder: string | undefined;
let world: EmulatedCli | undefined;

afterEach(async () => {
  await world?.close();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

/** Packs the CLI as it would be published and unpacks it alone, far from every `node_modules`. */
async function unpackAlone(target: string): Promise<string> {
  await promisify(execFile)(process.execPath, [PACKAGE_MANAGER ?? '', 'pack', '--pack-destination', target], { cwd: dirname(dirname(MAIN)) });
  const archive = (await readdir(target)).find((name) => name.endsWith('.tgz')) ?? '';
  await promisify(execFile)('tar', ['-xzf', archive], { cwd: target });
  return join(target, 'package');
}

async function sizeOf(place: string): Promise<number> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name)));
  return (await Promise.all(files)).reduce((sum, { size }) => sum + size, 0);
}

describe('the packed CLI', () => {
  (PACKAGE_MANAGER === undefined ? it.skip : it)(`scans without any other package, and is small${WHY_NOT}`, async () => {
    folder = await mkdtemp(join(tmpdir(), 'verapipe-packed-'));
    const unpacked = await unpackAlone(folder);
    const manifest = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as { readonly bin: { readonly verapipe: string } };
    expect(manifest).not.toHaveProperty('dependencies');
    expect(await sizeOf(unpacked)).toBeLessThan(12 * 1024 * 1024);

    world = await startEmulatedCli();
    const args = ['scan', '--app', 'Shop', '--create-profile', '--file', 'shop.jar', '--platform-url', world.emulator.url];
    const ended = await world.start(args, {}, [process.execPath, join(unpacked, manifest.bin.verapipe)]).ended;
    expect(ended).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('FAIL: policy scan') });
  });
});
