import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { type RunningEmulator, startEmulator } from '@verapipe/emulator';

import { ARTIFACTS, type Variant, VARIANTS } from '../faults/cells.js';
import { notDoneOnce } from '../faults/judge-cell.js';
import type { KillCell } from './kill-cells.js';

/** A cell and its end. */
export interface JudgedKill extends KillCell {
  readonly outcome: 'resumed' | 'WRONG';
  /** Of the process that went on. */
  readonly exitCode: number;
  readonly why: readonly string[];
}

const CLI = join(dirname(createRequire(import.meta.url).resolve('verapipe/package.json')), 'dist', 'main.js');

/** An emulated hour takes a second and a half. */
const TIME_SCALE = 2400;
/** So large that its upload takes a while. */
const LARGE_BYTES = 160 * 1024 * 1024;
const WATCH_MS = 2;
/** Until some of a large body has been sent. */
const AMID_MS = 60;
const PATIENCE_MS = 60_000;

/** One world: the emulator here, the CLI as a process of its own. */
interface KillWorld {
  readonly emulator: RunningEmulator;
  readonly cell: KillCell;
  readonly variant: Variant;
  readonly folder: string;
}

/**
 * Starts the real CLI, kills it (SIGKILL) at the moment of the cell, and goes on in the cell's way.
 *
 * @param folder - for the workspaces; emptied first
 */
export async function runKillCell(cell: KillCell, folder: string): Promise<JudgedKill> {
  await rm(folder, { recursive: true, force: true });
  const variant = VARIANTS.find(({ name }) => name === cell.variant);
  if (variant === undefined) throw new Error(`no variant is called ${cell.variant}`);
  const emulator = await startEmulator({ scenario: variant.scenario, timeScale: TIME_SCALE });
  const world: KillWorld = { emulator, cell, variant, folder };
  try {
    await startAndKill(world);
    emulator.faults.clear();
    const exitCode = await goOn(world);
    const wrong = notDoneOnce(variant, { snapshot: emulator.snapshot(), journal: emulator.journal() });
    const why = exitCode === 0 ? wrong : [`it ended with ${exitCode}`, ...wrong];
    return { ...cell, outcome: why.length === 0 ? 'resumed' : 'WRONG', exitCode, why };
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function startAndKill(world: KillWorld): Promise<void> {
  const { cell, emulator, folder } = world;
  await writeArtifacts(join(folder, 'first'), cell);
  // The request never arrives; or the platform acts and its answer never comes.
  if (cell.moment !== 'amid') emulator.faults.set({ operation: cell.step, nth: cell.nth, kind: cell.moment === 'before' ? 'reset-before' : 'stall' });
  const child = startCli(world, ['scan', ...scanArguments(world)], join(folder, 'first'));
  const ended = exitOf(child);
  await Promise.race([untilMoment(world), ended.then((code) => Promise.reject(new Error(`The process ended with ${code} before it could be killed.`)))]);
  child.kill('SIGKILL');
  await ended;
}

/** Waits until the platform has seen the call, and has done or refused it where the answer is to be lost. */
async function untilMoment({ emulator, cell }: KillWorld): Promise<void> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  while (performance.now() < deadlineMs) {
    const entry = emulator.journal().filter(({ operation }) => operation === cell.step)[cell.nth - 1];
    if (entry !== undefined && (cell.moment !== 'after' || entry.acted || entry.refusal !== null)) {
      if (cell.moment === 'amid') await pause(AMID_MS);
      return;
    }
    await pause(WATCH_MS);
  }
  throw new Error(`The call ${cell.step} never came.`);
}

async function goOn(world: KillWorld): Promise<number> {
  const { cell, folder } = world;
  const first = join(folder, 'first');
  const second = join(folder, 'second');
  switch (cell.goingOn) {
    case 'resume':
      return exitOf(startCli(world, ['scan', ...scanArguments(world), '--resume'], first));
    case 'clean workspace':
      await writeArtifacts(second, cell);
      return exitOf(startCli(world, ['scan', ...scanArguments(world)], second));
    case 'wait':
      await mkdir(second);
      await copyFile(join(first, '.verapipe', 'scan.json'), join(second, 'state.json'));
      return exitOf(startCli(world, ['wait', '--state', 'state.json', '--platform-url', world.emulator.url], second));
  }
}

function scanArguments({ emulator, variant }: KillWorld): readonly string[] {
  const settings = variant.settings.flatMap(({ name, value }) => (value === null ? [`--${name}`] : [`--${name}`, value]));
  const files = ARTIFACTS.flatMap((name) => ['--file', name]);
  return ['--app', 'Shop', '--create-profile', '--platform-url', emulator.url, ...files, ...settings];
}

function startCli({ emulator }: KillWorld, args: readonly string[], cwd: string): ChildProcess {
  const env = {
    PATH: process.env['PATH'],
    VERACODE_API_KEY_ID: emulator.apiId,
    VERACODE_API_KEY_SECRET: emulator.apiKey,
    JENKINS_URL: 'https://ci.example.com/',
    JOB_NAME: 'shop',
    BUILD_NUMBER: '17',
  };
  return spawn(process.execPath, [CLI, ...args], { cwd, env, stdio: 'ignore' });
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? -1));
  });
}

/** The same bytes each time; the one that is cut off in the middle is large (and mostly zeros, so that it is made at once). */
async function writeArtifacts(folder: string, cell: KillCell): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, name] of ARTIFACTS.entries()) {
    await writeFile(join(folder, name), `content of ${name}`);
    if (cell.moment === 'amid' && cell.nth === index + 1) await truncate(join(folder, name), LARGE_BYTES);
  }
}
