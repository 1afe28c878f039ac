import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { type JournalEntry, type RunningEmulator, type ScenarioInput, startEmulator } from '@verapipe/emulator';

import { ARTIFACTS, type Variant, VARIANTS } from '../faults/cells.js';
import { ACCOUNT_CHANGES } from './account-changes.js';
import { PAIR_CHANGES } from './credential-changes.js';
import type { KillCell, Moment } from './kill-cell.js';
import { KILLED_COMMANDS } from './killed-commands.js';

const CLI = join(dirname(createRequire(import.meta.url).resolve('verapipe/package.json')), 'dist', 'main.js');

/** An emulated hour takes a second and a half. */
const TIME_SCALE = 2400;
/** So large that its upload takes a while. */
const LARGE_BYTES = 160 * 1024 * 1024;
const WATCH_MS = 2;
/** Until some of a large body has been sent. */
const AMID_MS = 60;
const PATIENCE_MS = 60_000;

/** How the call of a cell is kept from being answered: for ever lost, acted on, or acted on when its sender is long gone. */
const FAULTS: Readonly<Record<Exclude<Moment, 'amid'>, string>> = { before: 'delay:3600', after: 'stall', late: 'delay:0.4' };

/** One world: the emulator here, the CLI as a process of its own. */
export interface KillWorld {
  readonly emulator: RunningEmulator;
  readonly cell: KillCell;
  readonly variant: Variant;
  readonly folder: string;
}

/** A CLI that has ended. */
export interface EndedCli {
  /** -1 when a signal ended it. */
  readonly exitCode: number;
  readonly stderr: string;
}

/** A CLI that runs. */
export interface StartedCli {
  readonly process: ChildProcess;
  readonly ended: Promise<EndedCli>;
  /** What it has said so far. */
  readonly stderr: () => string;
  readonly hasEnded: () => boolean;
}

/**
 * Makes a cell's world, lets the cell happen in it, and clears it away.
 *
 * @param folder - for the workspaces; emptied first
 * @param scenario - instead of the variant's
 */
export async function inKillWorld<T>(cell: KillCell, folder: string, work: (world: KillWorld) => Promise<T>, scenario?: ScenarioInput): Promise<T> {
  await rm(folder, { recursive: true, force: true });
  const variant = [...VARIANTS, ...KILLED_COMMANDS, ...PAIR_CHANGES, ...ACCOUNT_CHANGES].find(({ name }) => name === cell.variant);
  if (variant === undefined) throw new Error(`no variant is called ${cell.variant}`);
  const emulator = await startEmulator({ scenario: scenario ?? variant.scenario, timeScale: TIME_SCALE });
  try {
    return await work({ emulator, cell, variant, folder });
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The arguments of `scan` in this world. */
export function scanArguments({ emulator, variant }: KillWorld): readonly string[] {
  const files = ARTIFACTS.flatMap((name) => ['--file', name]);
  return ['scan', '--app', 'Shop', '--create-profile', '--platform-url', emulator.url, ...files, ...settingArguments(variant)];
}

/** Settings as somebody types them. */
export function settingArguments({ settings }: Pick<Variant, 'settings'>): readonly string[] {
  return settings.flatMap(({ name, value }) => (value === null ? [`--${name}`] : [`--${name}`, value]));
}

/** How a CLI is started otherwise than usual. */
export interface CliOptions {
  /** Number of the CI run, from which the scan gets its name. */
  readonly run?: number;
  /** Beside the usual variables, or instead of them. */
  readonly env?: Readonly<Record<string, string>>;
  /** Becomes descriptor 3 of the process. */
  readonly descriptor?: number;
}

/** Starts the built CLI. */
export function startCli({ emulator }: KillWorld, args: readonly string[], cwd: string, { run = 17, env: more = {}, descriptor }: CliOptions = {}): StartedCli {
  const env = {
    PATH: process.env['PATH'],
    SYSTEMROOT: process.env['SYSTEMROOT'],
    VERACODE_API_KEY_ID: emulator.apiId,
    VERACODE_API_KEY_SECRET: emulator.apiKey,
    JENKINS_URL: 'https://ci.example.com/',
    JOB_NAME: 'shop',
    BUILD_NUMBER: String(run),
    ...more,
  };
  const child = spawn(process.execPath, [CLI, ...args], { cwd, env, stdio: ['ignore', 'ignore', 'pipe', ...(descriptor === undefined ? [] : [descriptor])] });
  let [stderr, hasEnded] = ['', false];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<EndedCli>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      hasEnded = true;
      resolve({ exitCode: code ?? -1, stderr });
    });
  });
  return { process: child, ended, stderr: () => stderr, hasEnded: () => hasEnded };
}

/** Starts `scan` and resolves at the moment of the cell, while the process still runs. */
export async function startUntilMoment(world: KillWorld, cwd: string, more: readonly string[] = []): Promise<StartedCli> {
  await writeArtifacts(cwd, world.cell);
  return startHeld(world, [...scanArguments(world), ...more], cwd);
}

/** Starts the CLI in a workspace that is ready, and resolves at the moment of the cell, while the process still runs. */
export async function startHeld(world: KillWorld, args: readonly string[], cwd: string, options: CliOptions = {}): Promise<StartedCli> {
  holdMoment(world);
  const cli = startCli(world, args, cwd, options);
  await untilMoment(world, cli);
  return cli;
}

/** Lets the platform hold the call of the cell back. */
export function holdMoment({ cell, emulator }: KillWorld): void {
  if (cell.moment !== 'amid') emulator.faults.set({ operation: cell.step, nth: cell.nth, kind: FAULTS[cell.moment] });
}

/** Resolves once the call of the cell has come. */
export async function untilMoment(world: KillWorld, cli: StartedCli): Promise<void> {
  await orEnded(cli, () => isMoment(world));
  if (world.cell.moment === 'amid') await pause(AMID_MS);
}

/** What a killed process has sent may be acted on after its end. */
export async function untilNothingIsLate(world: KillWorld): Promise<void> {
  if (world.cell.moment !== 'late') return;
  for (let entry = entryOf(world); entry?.acted === false && entry.refusal === null; entry = entryOf(world)) await pause(WATCH_MS);
}

/** Resolves once the condition holds; rejects when the process ends before, or nothing happens for a minute. */
export async function orEnded({ stderr, hasEnded }: StartedCli, condition: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  while (!condition()) {
    if (hasEnded()) throw new Error(`The process ended too early:\n${stderr()}`);
    if (performance.now() > deadlineMs) throw new Error(`The moment never came:\n${stderr()}`);
    await pause(WATCH_MS);
  }
}

/** Has the platform seen the call, and done or refused it where the answer is to be lost? */
function isMoment({ emulator, cell }: KillWorld): boolean {
  const entry = entryOf({ emulator, cell });
  return entry !== undefined && (cell.moment !== 'after' || entry.acted || entry.refusal !== null);
}

/** The call of the cell, in the platform's journal. */
export function entryOf({ emulator, cell }: Pick<KillWorld, 'emulator' | 'cell'>): JournalEntry | undefined {
  return emulator.journal().filter(({ operation }) => operation === cell.step)[cell.nth - 1];
}

/** The same bytes each time; the one that is cut off in the middle is large (and mostly zeros, so that it is made at once). */
export async function writeArtifacts(folder: string, cell: KillCell): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, name] of ARTIFACTS.entries()) {
    await writeFile(join(folder, name), `content of ${name}`);
    if (cell.moment === 'amid' && cell.nth === index + 1) await truncate(join(folder, name), LARGE_BYTES);
  }
}
