import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Clock, HttpClient } from '@verapipe/core';

import { readOptions } from '../src/options/read-options.js';
import type { CommandName } from '../src/options/option.js';
import type { RunEvent } from '../src/run/run-events.js';
import type { TaskInput } from '../src/run/run-task.js';
import type { TaskResult } from '../src/run/task-result.js';
import { type GivenOptions, settingsOf } from './emulated-run.js';

/** What a task came to, and what it printed and told. */
export interface RanTask {
  readonly result: TaskResult;
  readonly printed: string;
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** A working folder for commands that send nothing: whoever tries to finds no network. */
export interface LocalTasks {
  readonly cwd: string;
  write(name: string, text: string): Promise<string>;
  read(name: string): Promise<string>;
  /** @param nowMs - what the clock says */
  run(task: (input: TaskInput) => Promise<TaskResult>, command: CommandName, options?: GivenOptions, env?: Readonly<Record<string, string>>, nowMs?: number): Promise<RanTask>;
  close(): Promise<void>;
}

const NOW_MS = Date.parse('2026-11-25T12:00:00Z');
const clockAt = (nowMs: number): Clock => ({ now: () => nowMs, monotonicMs: () => 0, sleep: () => Promise.reject(new Error('Nothing to wait for.')) });
const noNetwork: HttpClient = { send: () => Promise.reject(new Error('A local command sent something.')), close: () => Promise.resolve() };

export async function startLocalTasks(): Promise<LocalTasks> {
  const cwd = await realpath(await mkdtemp(join(tmpdir(), 'verapipe-task-')));
  return {
    cwd,
    async write(name, text) {
      await writeFile(join(cwd, name), text);
      return join(cwd, name);
    },
    read: (name) => readFile(join(cwd, name), 'utf8'),
    async run(task, command, given = {}, env = {}, nowMs = NOW_MS) {
      let printed = '';
      const warnings: string[] = [];
      const notices: string[] = [];
      const onEvent = (event: RunEvent): void => {
        if (event.type === 'warning') warnings.push(event.message);
        if (event.type === 'notice') notices.push(event.message);
      };
      const print = (text: string): Promise<void> => {
        printed += text;
        return Promise.resolve();
      };
      const options = readOptions(command, settingsOf(given), env);
      const result = await task({ options, env, cwd, homeDir: cwd, platform: process.platform, clock: clockAt(nowMs), httpClient: noNetwork, onEvent, print, width: 80 });
      return { result, printed, warnings, notices };
    },
    close: () => rm(cwd, { recursive: true }),
  };
}
