import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type RunningEmulator, type ScenarioInput, startEmulator } from '@verapipe/emulator';

import { type BitbucketApi, REPOSITORY, startBitbucketApi } from './bitbucket-api.js';
import { MAIN } from './package-files.js';
import { type PipelinesProxy, startPipelinesProxy, STEP_AUTHORIZATION } from './pipelines-proxy.js';

/** Variables of a pipe, as a pipeline writes them. */
export type Variables = Readonly<Record<string, string | readonly string[]>>;

/** How a pipe ended. */
export interface EndedPipe {
  /** Null where it was killed. */
  readonly exitCode: number | null;
  readonly output: string;
}

/** A step's clone folder with its surroundings: the platform, Bitbucket, and the proxy of Pipelines. */
export interface PipeWorld {
  readonly emulator: RunningEmulator;
  readonly api: BitbucketApi;
  readonly proxy: PipelinesProxy;
  /** Storage of this pipe, which others may read. */
  readonly storage: string;
  /** A clone folder that holds two artifacts and nothing of earlier steps. */
  clone(): Promise<string>;
  /** The environment of the pipe's container. */
  environment(cwd: string, variables?: Variables): Readonly<Record<string, string>>;
  /**
   * Runs the pipe to its end.
   *
   * @param killAt - text at which it is killed, as Bitbucket stops a step
   */
  run(cwd: string, variables?: Variables, killAt?: string): Promise<EndedPipe>;
  close(): Promise<void>;
}

export async function startPipeWorld(scenario: ScenarioInput): Promise<PipeWorld> {
  const emulator = await startEmulator({ timeScale: 24_000, tlsPort: 0, scenario });
  const api = await startBitbucketApi(STEP_AUTHORIZATION);
  const proxy = await startPipelinesProxy(api.url);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'verapipe-pipe-')));
  const storage = join(folder, 'pipes', 'ann', 'veracode-pipe');

  function environment(cwd: string, variables: Variables = {}): Readonly<Record<string, string>> {
    return {
      ...REPOSITORY,
      ...{ CI: 'true', BITBUCKET_BUILD_NUMBER: '17', BITBUCKET_REPO_FULL_NAME: 'ann/shop', BITBUCKET_BRANCH: 'main', BITBUCKET_STEP_UUID: '{5f0c3a52-0d6e-4c5b-9b1a-0a1b2c3d4e5f}', BITBUCKET_STEP_RUN_NUMBER: '1' },
      ...{ BITBUCKET_CLONE_DIR: cwd, BITBUCKET_PIPE_STORAGE_DIR: storage },
      ...{ VERACODE_API_KEY_ID: emulator.apiId, VERACODE_API_KEY_SECRET: emulator.apiKey },
      ...asBitbucketHandsOn({ APP: 'Shop', FILE: ['a.jar', 'b.jar'], CREATE_PROFILE: 'true', PLATFORM_URL: emulator.url, CODE_INSIGHTS_PROXY: proxy.url, ...variables }),
    };
  }

  return {
    emulator,
    api,
    proxy,
    storage,
    environment,
    async clone() {
      const cwd = await mkdtemp(join(folder, 'clone-'));
      for (const name of ['a.jar', 'b.jar']) await writeFile(join(cwd, name), `content of ${name}`);
      await mkdir(storage, { recursive: true });
      return cwd;
    },
    run(cwd, variables, killAt) {
      const env = { PATH: process.env['PATH'] ?? '', HOME: folder, ...environment(cwd, variables) };
      return endOf(spawn(process.execPath, [MAIN], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }), killAt);
    },
    async close() {
      await Promise.all([emulator.close(), proxy.close(), api.close()]);
      await rm(folder, { recursive: true, maxRetries: 3 });
    },
  };
}

/** A list becomes its count and its items. @see support.atlassian.com "Advanced techniques for writing pipes" */
function asBitbucketHandsOn(variables: Variables): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]): readonly (readonly [string, string])[] =>
      typeof value === 'string' ? [[name, value]] : [[`${name}_COUNT`, String(value.length)], ...value.map((item, index) => [`${name}_${index}`, item] as const)],
    ),
  );
}

function endOf(child: ChildProcess, killAt: string | undefined): Promise<EndedPipe> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (killAt !== undefined && output.includes(killAt)) child.kill('SIGKILL');
    });
  }
  return new Promise((resolve) => child.once('close', (exitCode) => resolve({ exitCode, output })));
}
