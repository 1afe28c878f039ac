import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

/** An image to build on, where the usual one cannot be fetched. */
const OTHER_BASE = process.env['VERAPIPE_BASE_IMAGE'];
const USUAL_BASE = 'node:24-slim';

/** Arguments of `podman run` beside image and variables: the host's network, so that the emulator is reached. */
export const RUN_ARGUMENTS = ['--runtime', 'runc', 'run', '--rm', '--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=4096:4096', '--network', 'host'];

/** Null where images can be built; else why the tests of images are not run, for their title. */
export function whyNoImages(): string | null {
  try {
    execFileSync('podman', ['image', 'exists', OTHER_BASE ?? USUAL_BASE], { stdio: 'ignore' });
    return null;
  } catch {
    return 'not run: no podman with an image to build on (VERAPIPE_BASE_IMAGE, or the network)';
  }
}

/** Builds the image of the `Dockerfile` in a folder. */
export async function buildImage(image: string, folder: string): Promise<void> {
  const base = OTHER_BASE === undefined ? [] : ['--build-arg', `BASE_IMAGE=${OTHER_BASE}`];
  await promisify(execFile)('podman', ['build', '--isolation', 'chroot', ...base, '--tag', image, folder]);
}
