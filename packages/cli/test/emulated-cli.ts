import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type RunningEmulator, type ScenarioInput, startEmulator } from '@verapipe/emulator';

/** The built CLI, as people start it. */
export const MAIN = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'main.js');

/** Emulated hours pass within the first poll. */
const TIME_SCALE = 24_000;

/** A program that has ended. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs. */
export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves as soon as stderr holds the text; rejects when the program ends without. */
  says(text: string): Promise<void>;
}

/** The real CLI in a process of its own, a working folder with `shop.jar`, and an emulated platform. */
export interface EmulatedCli {
  readonly emulator: RunningEmulator;
  readonly cwd: string;
  /**
   * Starts it with exactly these arguments; its environment holds the emulator's credentials and nothing of ours.
   *
   * @param command - program and first arguments, instead of Node and the built CLI
   */
  start(args: readonly string[], env?: NodeJS.ProcessEnv, command?: readonly string[]): Running;
  /** Runs `scan` for a new profile "Shop" and `shop.jar` against the emulator, to its end. */
  scan(...more: readonly string[]): Promise<Ended>;
  readJson(name: string): Promise<Record<string, unknown>>;
  /** Everything that lies in the working folder, as one text. */
  allFiles(): Promise<string>;
  close(): Promise<void>;
}

export async function startEmulatedCli(scenario: ScenarioInput = {}): Promise<EmulatedCli> {
  const emulator = await startEmulator({ timeScale: TIME_SCALE, scenario });
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'verapipe-cli-')));
  const cwd = join(folder, 'work');
  await mkdir(cwd);
  await writeFile(join(cwd, 'shop.jar'), 'content of shop.jar');
  const system = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(path|systemroot|temp|tmp|tmpdir)$/iu.test(name)));
  const base = { ...system, HOME: folder, USERPROFILE: folder, VERACODE_API_KEY_ID: emulator.apiId, VERACODE_API_KEY_SECRET: emulator.apiKey };

  const start: EmulatedCli['start'] = (args, env = {}, command = [process.execPath, MAIN]) => runProgram([...command, ...args], { cwd, env: { ...base, ...env } });
  return {
    emulator,
    cwd,
    start,
    scan: (...more) => start(['scan', '--app', 'Shop', '--create-profile', '--file', 'shop.jar', '--platform-url', emulator.url, ...more]).ended,
    readJson: async (name) => JSON.parse(await readFile(join(cwd, name), 'utf8')) as Record<string, unknown>,
    async allFiles() {
      const entries = await readdir(cwd, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'));
      return (await Promise.all(files)).join('\n');
    },
    async close() {
      await emulator.close();
      await rm(folder, { recursive: true });
    },
  };
}

function runProgram([program = '', ...args]: readonly string[], options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): Running {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const listener of listeners) listener();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return {
    process: child,
    ended,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!stderr.includes(text)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        ended.then(() => reject(new Error(`It ended without saying "${text}":\n${stderr}`)), reject);
      }),
  };
}
