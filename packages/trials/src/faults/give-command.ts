import { readOptions, type CommandName, type Setting, type TaskInput, type TaskResult } from '@verapipe/ci-kit';
import { createUndiciHttpClient } from '@verapipe/core';

import { createDice } from '../world/dice.js';
import { createProcess } from '../world/simulated-process.js';
import { createSocketClient } from '../world/socket-client.js';
import type { FaultWorld } from './fault-world.js';

const COLUMNS = 100;

/** A command that is given in the world of a cell. */
export interface GivenCommand {
  readonly name: CommandName;
  readonly run: (input: TaskInput) => Promise<TaskResult>;
  readonly settings: readonly Setting[];
}

/** Gives a command, as a process of its own. @returns its exit code */
export async function giveCommand({ time, emulator, folder }: FaultWorld, { name, run, settings }: GivenCommand, seed: number): Promise<number> {
  const process = createProcess(time);
  const env = { VERACODE_API_KEY_ID: emulator.apiId, VERACODE_API_KEY_SECRET: emulator.apiKey };
  const { exitCode } = await run({
    options: readOptions(name, [{ name: 'platform-url', value: emulator.url }, ...settings], env),
    env,
    cwd: folder,
    homeDir: folder,
    platform: 'linux',
    clock: process.clock,
    random: createDice(seed),
    httpClient: createSocketClient({ network: createUndiciHttpClient(), time, process }),
    print: () => Promise.resolve(),
    width: COLUMNS,
  });
  return exitCode;
}
