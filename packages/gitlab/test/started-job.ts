import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type RunningEmulator, type ScenarioInput, startEmulator } from '@verapipe/emulator';

import { PACKAGE } from './template-files.js';

/** How a job ended. */
export interface EndedJob {
  readonly exitCode: number | null;
  readonly output: string;
}

/** A checkout and an emulated platform, for jobs without a runner around them. */
export interface JobWorld {
  readonly emulator: RunningEmulator;
  readonly cwd: string;
  /**
   * Runs a job to its end.
   *
   * @param stopAt - text at which it gets SIGTERM
   */
  run(job: string, env?: Readonly<Record<string, string>>, stopAt?: string): Promise<EndedJob>;
  close(): Promise<void>;
}

export async function startJobWorld(scenario: ScenarioInput): Promise<JobWorld> {
  const emulator = await startEmulator({ timeScale: 24_000, scenario });
  const cwd = await mkdtemp(join(tmpdir(), 'verapipe-job-'));
  await writeFile(join(cwd, 'shop.jar'), 'content of shop.jar');
  const base = {
    ...{ PATH: process.env['PATH'], HOME: cwd, GITLAB_CI: 'true' },
    ...{ COMPONENT_COMMAND: 'scan', COMPONENT_MODE: 'two-jobs', COMPONENT_REPORT_DIR: 'veracode', VERAPIPE_APP: 'Shop', VERAPIPE_FILE: '["shop.jar"]', VERAPIPE_CREATE_PROFILE: 'true' },
    ...{ VERAPIPE_PLATFORM_URL: emulator.url, VERACODE_API_KEY_ID: emulator.apiId, VERACODE_API_KEY_SECRET: emulator.apiKey },
  };
  return {
    emulator,
    cwd,
    run(job, env = {}, stopAt) {
      const child = spawn(process.execPath, [join(PACKAGE, 'dist', 'main.js'), job], { cwd, env: { ...base, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          const isNew = stopAt !== undefined && !output.includes(stopAt);
          output += text;
          if (isNew && output.includes(stopAt)) child.kill('SIGTERM');
        });
      }
      return new Promise((resolve) => child.once('close', (exitCode) => resolve({ exitCode, output })));
    },
    async close() {
      await emulator.close();
      await rm(cwd, { recursive: true });
    },
  };
}
