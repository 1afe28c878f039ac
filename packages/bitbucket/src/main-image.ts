// Puts everything that the image holds into `image/`, beside the Dockerfile: `pnpm --filter @verapipe/bitbucket run image`.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const own = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = dirname(createRequire(import.meta.url).resolve('verapipe/package.json'));
const target = join(own, 'image');

await rm(target, { recursive: true, force: true });
const place = await mkdtemp(join(tmpdir(), 'verapipe-image-'));
try {
  for (const [folder, name] of [[cli, 'verapipe'], [own, join('@verapipe', 'bitbucket')]] as const) {
    const packed = join(place, name);
    await mkdir(packed, { recursive: true });
    // As npm would publish it, so that nothing of the working copy gets into the image.
    await promisify(execFile)('npm', ['pack', '--ignore-scripts', '--pack-destination', packed], { cwd: folder, shell: process.platform === 'win32' });
    const archive = (await readdir(packed)).find((file) => file.endsWith('.tgz')) ?? '';
    await promisify(execFile)('tar', ['-xzf', archive], { cwd: packed });
    await cp(join(packed, 'package'), join(target, 'node_modules', name), { recursive: true });
  }
} finally {
  await rm(place, { recursive: true, force: true });
}
process.stdout.write(`${target}\n`);
