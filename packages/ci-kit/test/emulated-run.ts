import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Env, PollEvent } from '@verapipe/core';
import { type RunningEmulator, type ScenarioInput, startEmulator } from '@verapipe/emulator';

import type { CommandName } from '../src/options/option.js';
import { readOptions, type Setting } from '../src/options/read-options.js';
import type { RunEvent } from '../src/run/run-events.js';
import type { RunInput } from '../src/run/run-input.js';
import type { TaskInput } from '../src/run/run-task.js';
import { createHurriedClock, type HurriedClock } from './hurried-clock.js';

/** Emulated hours pass in a second. */
const TIME_SCALE = 12_000;
/** Seven hours; a run has six. */
const MORE_THAN_THE_TIMEOUT_MS = 7 * 3_600_000;

/** A platform, a working folder with one artifact, and the inputs of runs against both. */
export interface EmulatedRun {
  readonly emulator: RunningEmulator;
  readonly cwd: string;
  readonly clock: HurriedClock;
  /** What all runs told. */
  readonly events: RunEvent[];
  /** Input of `scan`: a new profile "Shop" and `shop.jar`, unless the options say otherwise. */
  scanInput(options?: GivenOptions, more?: Partial<RunInput>): RunInput;
  /** Input of `wait`. */
  waitInput(options?: GivenOptions, more?: Partial<RunInput>): RunInput;
  /** Input of any command, with nothing but what is given. */
  input(command: CommandName, options?: GivenOptions, more?: Partial<RunInput>): RunInput;
  /** Input of a task that prints into a text. */
  taskInput(command: CommandName, options?: GivenOptions, more?: Partial<TaskInput>): TaskInput;
  /** For a run whose time is up while it waits for that; null for one that has time. */
  late(waitingFor: PollEvent['waitingFor'] | null): Pick<RunInput, 'onEvent'>;
  /** What tasks have printed. */
  printed(): string;
  /** Names of the calls that the platform has seen, in order; without the look-up of the credentials. */
  calls(): readonly string[];
  readJson(name: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Options by their names; null leaves one out, true is a switch that stands alone. */
export type GivenOptions = Readonly<Record<string, string | readonly string[] | true | null>>;

/** @param hurry - how many times as fast as reality the runs live; more than usual where they give up after minutes */
export async function startEmulatedRun(scenario: ScenarioInput = {}, hurry?: number): Promise<EmulatedRun> {
  const emulator = await startEmulator({ timeScale: TIME_SCALE, scenario });
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'verapipe-run-')));
  const cwd = join(folder, 'work');
  await mkdir(cwd);
  await writeFile(join(cwd, 'shop.jar'), 'content of shop.jar');
  const clock = createHurriedClock(hurry);
  const events: RunEvent[] = [];
  let printed = '';
  const place = { 'platform-url': emulator.url };

  const input = (command: CommandName, given: GivenOptions, more: Partial<RunInput>): RunInput => {
    const env: Env = { VERACODE_API_KEY_ID: emulator.apiId, VERACODE_API_KEY_SECRET: emulator.apiKey, ...more.env };
    return {
      options: readOptions(command, settingsOf(given), env),
      cwd,
      homeDir: folder,
      platform: process.platform,
      clock,
      onEvent: (event) => events.push(event),
      ...more,
      env,
    };
  };
  return {
    emulator,
    cwd,
    clock,
    events,
    scanInput: (given = {}, more = {}) => input('scan', { app: 'Shop', 'create-profile': true, file: 'shop.jar', ...place, ...given }, more),
    waitInput: (given = {}, more = {}) => input('wait', { ...place, ...given }, more),
    input: (command, given = {}, more = {}) => input(command, { ...place, ...given }, more),
    taskInput: (command, given = {}, more = {}) => ({
      ...input(command, { ...place, ...given }, more),
      width: 120,
      print: async (text) => {
        printed += text;
        await Promise.resolve();
      },
      ...more,
    }),
    late: (waitingFor) => ({
      onEvent(event) {
        events.push(event);
        if (event.type === 'poll' && event.waitingFor === waitingFor) clock.jump(MORE_THAN_THE_TIMEOUT_MS);
      },
    }),
    printed: () => printed,
    calls: () => emulator.journal().flatMap(({ operation }) => (operation.endsWith('/api_credentials') ? [] : [operation])),
    readJson: async (name) => JSON.parse(await readFile(join(cwd, name), 'utf8')) as unknown,
    async close() {
      await emulator.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** As a command line gives them. */
export function settingsOf(given: GivenOptions): readonly Setting[] {
  return Object.entries(given).flatMap(([name, value]): readonly Setting[] => {
    if (value === null) return [];
    if (value === true) return [{ name, value: null }];
    return typeof value === 'string' ? [{ name, value }] : value.map((item) => ({ name, value: item }));
  });
}
