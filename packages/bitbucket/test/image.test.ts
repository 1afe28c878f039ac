import { execFile, execFileSync, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { buildImage, RUN_ARGUMENTS, whyNoImages } from '../../../scripts/testing/podman.js';
import { PACKAGE } from './package-files.js';
import { type EndedPipe, type PipeWorld, startPipeWorld, type Variables } from './pipe-world.js';

const run = promisify(execFile);

/** Where Bitbucket puts the clone folder in every container. */
const CLONE_FOLDER = '/opt/atlassian/pipelines/agent/build';

let world: PipeWorld;

beforeAll(async () => {
  world = await startPipeWorld({ scans: [{ application: 'Large', findings: { generate: 1500 } }, { findings: [], components: [] }] });
  await run(process.execPath, [join(PACKAGE, '..', '..', 'scripts', 'fill-image.mjs')], { cwd: PACKAGE });
});
afterAll(() => world.close());

/** Everything in the image is there without a container as well: the same files, started in the same way. */
describe('what the image holds', () => {
  it('scans and judges, far from every other package', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'verapipe-pipe-image-'));
    try {
      await cp(join(PACKAGE, 'image'), join(folder, 'image'), { recursive: true });
      const cwd = await world.clone();
      const program = join(folder, 'image', 'node_modules', '@verapipe', 'bitbucket', 'dist', 'main.js');
      const { stdout, stderr } = await run(process.execPath, [program], { cwd, env: { PATH: process.env['PATH'], HOME: folder, ...world.environment(cwd) } });
      expect(stdout).toContain('PASS: policy scan');
      expect(stderr).toContain('Code Insights: report verapipe-scan sent: PASSED');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

const missing = whyNoImages();
(missing === null ? describe : describe.skip)(['the image', missing ?? []].flat().join(', '), () => {
  const image = `localhost/verapipe-bitbucket-test:${process.pid}`;

  beforeAll(() => buildImage(image, PACKAGE));
  afterAll(() => run('podman', ['rmi', '--force', image]));

  /** The pipe in its container, as Bitbucket starts it; killed at a text with the signal that Bitbucket sends. */
  function runContainer(cwd: string, variables: Variables = {}, killAt?: string): Promise<EndedPipe> {
    const name = `verapipe-bitbucket-test-${process.pid}-${Math.trunc(performance.now())}`;
    const environment = { ...world.environment(CLONE_FOLDER, variables), BITBUCKET_PIPE_STORAGE_DIR: `${CLONE_FOLDER}/.pipe-storage` };
    const given = Object.entries(environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
    const args = [...RUN_ARGUMENTS, '--name', name, '--volume', `${cwd}:${CLONE_FOLDER}`, '--workdir', CLONE_FOLDER, ...given, image];
    const child = spawn('podman', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let isKilled = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (killAt === undefined || isKilled || !output.includes(killAt)) return;
        isKilled = true;
        execFileSync('podman', ['kill', '--signal', 'KILL', name]);
      });
    }
    return new Promise((resolve) => child.once('close', (exitCode) => resolve({ exitCode, output })));
  }

  it('passes, with lists as variables', async () => {
    world.api.reset();
    const cwd = await world.clone();
    expect(await runContainer(cwd, { APP: 'Contained' })).toMatchObject({ exitCode: 0, output: expect.stringContaining('PASS: policy scan') });
    expect(world.emulator.snapshot().applications.find(({ name }) => name === 'Contained')?.builds[0]?.files).toHaveLength(2);
    expect(world.api.results).toEqual(['PENDING', 'PASSED']);
    expect(await readFile(join(cwd, '.pipe-storage', 'veracode.env'), 'utf8')).toContain('VERACODE_RESULT_VERDICT=pass');
  });

  it('fails at a gate, with 1,500 findings', async () => {
    world.api.reset();
    expect((await runContainer(await world.clone(), { APP: 'Large', FAIL_ON_SEVERITY: 'Low' })).exitCode).toBe(1);
    expect(world.api.report('verapipe-scan')?.annotations.size).toBe(1000);
    expect(world.api.report('verapipe-scan')?.report).toMatchObject({ result: 'FAILED', details: expect.stringContaining('are left out') });
  });

  it('is killed, and goes on with its own scan', async () => {
    const killed = await runContainer(await world.clone(), { APP: 'Killed in its container' }, 'Uploaded b.jar');
    expect(killed.exitCode).toBe(137);
    expect((await runContainer(await world.clone(), { APP: 'Killed in its container', BITBUCKET_STEP_RUN_NUMBER: '2' })).exitCode).toBe(0);
    expect(world.emulator.snapshot().applications.find(({ name }) => name === 'Killed in its container')?.builds).toHaveLength(1);
  });

  it('ends with 3 for a wrong key', async () => {
    expect((await runContainer(await world.clone(), { VERACODE_API_KEY_SECRET: 'ab'.repeat(64) })).exitCode).toBe(3);
  });

  it('keeps its verdict when the proxy is down', async () => {
    const { exitCode, output } = await runContainer(await world.clone(), { APP: 'Unseen in its container', CODE_INSIGHTS_PROXY: 'http://127.0.0.1:9' });
    expect(output).toContain('WARNING: Code Insights: the report was not sent whole');
    expect(exitCode).toBe(0);
  });
});
