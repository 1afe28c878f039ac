import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningEmulator, startEmulator } from '@verapipe/emulator';

import { buildImage, RUN_ARGUMENTS, whyNoImages } from '../../../scripts/testing/podman.js';
import { PACKAGE } from './template-files.js';

const run = promisify(execFile);

/** Everything in the image is there without a container as well: the same files, started in the same way. */
describe('what the image holds', () => {
  let folder: string;
  let emulator: RunningEmulator;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verapipe-image-test-'));
    emulator = await startEmulator({ timeScale: 24_000, scenario: { scans: [{ findings: [], components: [] }] } });
    await run(process.execPath, [join(PACKAGE, '..', '..', 'scripts', 'fill-image.mjs')], { cwd: PACKAGE });
    await cp(join(PACKAGE, 'image'), join(folder, 'image'), { recursive: true });
    await mkdir(join(folder, 'project'));
    await writeFile(join(folder, 'project', 'shop.jar'), 'content of shop.jar');
  });
  afterEach(async () => {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  const environment = (): Record<string, string> => ({
    GITLAB_CI: 'true',
    COMPONENT_COMMAND: 'scan',
    COMPONENT_MODE: 'two-jobs',
    COMPONENT_REPORT_DIR: 'veracode',
    VERAPIPE_APP: 'Shop',
    VERAPIPE_FILE: '["shop.jar"]',
    VERAPIPE_CREATE_PROFILE: 'true',
    VERAPIPE_PLATFORM_URL: emulator.url,
    VERACODE_API_KEY_ID: emulator.apiId,
    VERACODE_API_KEY_SECRET: emulator.apiKey,
  });

  it('scans and judges, far from every other package', async () => {
    const program = join(folder, 'image', 'node_modules', '@verapipe', 'gitlab', 'dist', 'main.js');
    const options = { cwd: join(folder, 'project'), env: { PATH: process.env['PATH'], HOME: folder, ...environment() } };
    expect((await run(process.execPath, [program, 'scan'], options)).stdout).toContain('PASS: policy scan');
    expect((await run(process.execPath, [program, 'gate'], options)).stdout).toContain('the platform was not asked.');
  });

  const missing = whyNoImages();
  (missing === null ? it : it.skip)(['runs in a container, not as root', missing ?? []].flat().join(', '), async () => {
    const image = `localhost/verapipe-gitlab-test:${process.pid}`;
    await buildImage(image, PACKAGE);
    try {
      const variables = Object.entries(environment()).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
      await run('chmod', ['0777', join(folder, 'project')]);
      const started = [...RUN_ARGUMENTS, '--volume', `${join(folder, 'project')}:/builds/shop`, '--workdir', '/builds/shop', ...variables, image];
      expect((await run('podman', [...started, 'sh', '-c', 'id -u'])).stdout.trim()).toBe('1000');
      expect((await run('podman', [...started, 'verapipe-gitlab', 'scan'])).stdout).toContain('PASS: policy scan');
      expect((await run('podman', [...started, 'verapipe-gitlab', 'gate'])).stdout).toContain('the platform was not asked.');
    } finally {
      await run('podman', ['rmi', '--force', image]);
    }
  });
});
