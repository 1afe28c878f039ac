import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { COMMANDS } from '@verapipe/ci-kit';
import { type Clock, type Env, systemClock } from '@verapipe/core';
import { type RunningEmulator, type ScenarioInput, startEmulator } from '@verapipe/emulator';

import { runCli } from '../../src/run-cli.js';
import { createTextSink } from '../text-sink.js';
import { leaksIn, type SentSignature, tracesOf } from './traces.js';
import { createWatchingClient, type Reflection } from './watching-client.js';

/** Minutes of giving up pass in a second. */
const HURRY = 100;

const clock: Clock = {
  now: () => systemClock.now(),
  monotonicMs: () => systemClock.monotonicMs() * HURRY,
  sleep: (ms, signal) => systemClock.sleep(ms / HURRY, signal),
};

/** A pair of credentials, as a user has it. */
export interface CanaryKeys {
  readonly apiId: string;
  readonly apiKey: string;
}

/** What one command left behind. */
export interface CanaryEnd {
  readonly exitCode: number;
  /** Everything that it said and wrote. */
  readonly seen: string;
  /** Names of what leaked. */
  readonly leaks: readonly string[];
  /** Signed requests so far. */
  readonly requests: number;
}

/** Every command that a canary of this process has flown into. */
export const commandsSeen = new Set<string>();

/** An emulated platform, a workspace, and the CLI in this process, whose every word and file is looked at. */
export interface CanaryWorld {
  readonly emulator: RunningEmulator;
  readonly folder: string;
  /** Runs `scan` of `shop.jar` for a new profile. */
  readonly scan: (...more: readonly string[]) => Promise<CanaryEnd>;
  /** Runs exactly this. */
  readonly run: (args: readonly string[], env?: Env) => Promise<CanaryEnd>;
  /** From now on answers come from a gateway that shows what it was sent. */
  readonly reflect: (operation: string, reflection: Reflection) => void;
  /** Every signature so far. */
  readonly sent: () => readonly SentSignature[];
  close(): Promise<void>;
}

export async function startCanaryWorld(keys: CanaryKeys, scenario: ScenarioInput = {}): Promise<CanaryWorld> {
  const emulator = await startEmulator({ timeScale: 60_000, scenario: { ...scenario, accounts: scenario.accounts ?? [keys] } });
  const folder = await mkdtemp(join(tmpdir(), 'verapipe-canary-'));
  const cwd = join(folder, 'work');
  await mkdir(cwd);
  await writeFile(join(cwd, 'shop.jar'), 'content of shop.jar');
  let reflected: readonly [operation: string, reflection: Reflection] | null = null;
  const client = createWatchingClient((operation) => (reflected?.[0] === operation ? reflected[1] : null));

  const run: CanaryWorld['run'] = async (args, env = {}) => {
    const [stdout, stderr] = [createTextSink(), createTextSink()];
    const command = COMMANDS.find((name) => `${args.join(' ')} `.startsWith(`${name} `));
    if (command !== undefined) commandsSeen.add(command);
    const exitCode = await runCli({
      args,
      env: { VERACODE_API_KEY_ID: keys.apiId, VERACODE_API_KEY_SECRET: keys.apiKey, ...env },
      cwd,
      homeDir: folder,
      platform: process.platform,
      stdout,
      stderr,
      signal: new AbortController().signal,
      clock,
      // The run closes its client, and this one lives on.
      httpClient: { send: (request, signal) => client.send(request, signal), close: () => Promise.resolve() },
    });
    const seen = [stdout.text(), stderr.text(), await textOfFiles(cwd)].join('\n');
    // Every pair that the platform has made is a secret as good as the one of the start.
    const secrets = [keys.apiKey, ...emulator.credentialsNow().map(({ apiKey }) => apiKey)];
    const leaks = [...new Set([...new Set(secrets)].flatMap((secret) => leaksIn(seen, tracesOf(secret, client.sent()))))];
    return { exitCode, seen, leaks, requests: client.sent().length };
  };
  return {
    emulator,
    folder,
    run,
    sent: () => client.sent(),
    scan: (...more) => run(['scan', '--app', 'Shop', '--create-profile', '--file', 'shop.jar', '--platform-url', emulator.url, '--debug', ...more]),
    reflect(operation, reflection) {
      reflected = [operation, reflection];
    },
    async close() {
      await client.close();
      await emulator.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function textOfFiles(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(async (entry) => `${entry.name}\n${await readFile(join(entry.parentPath, entry.name), 'utf8')}`);
  return (await Promise.all(files)).join('\n');
}
