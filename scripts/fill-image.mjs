// Puts everything that the image of a package holds into its folder `image/`, beside the Dockerfile: the command line and
// the package itself, as npm would publish them. Started in the package: `pnpm --filter @verapipe/gitlab run image`.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const own = process.cwd();
const cli = dirname(createRequire(join(own, 'package.json')).resolve('verapipe/package.json'));
const target = join(own, 'image');

await rm(target, { recursive: true, force: true });
const place = await mkdtemp(join(tmpdir(), 'verapipe-image-'));
try {
  for (const folder of [cli, own]) {
    const { name } = /** @type {{ readonly name: string }} */ (JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
    const packed = join(place, name);
    await mkdir(packed, { recursive: true });
    // Packed, so that nothing of the working copy gets into the image.
    await promisify(execFile)('npm', ['pack', '--ignore-scripts', '--pack-destination', packed], { cwd: folder, shell: process.platform === 'win32' });
    const archive = (await readdir(packed)).find((file) => file.endsWith('.tgz')) ?? '';
    await promisify(execFile)('tar', ['-xzf', archive], { cwd: packed });
    await cp(join(packed, 'package'), join(target, 'node_modules', name), { recursive: true });
  }
} finally {
  await rm(place, { recursive: true, force: true });
}
process.stdout.write(`${target}\n`);
