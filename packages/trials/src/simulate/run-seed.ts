import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Setting } from '@verapipe/ci-kit';
import { createEmulator, type Emulator, type EmulatorOptions, startEmulator } from '@verapipe/emulator';

import { createDice } from '../world/dice.js';
import { platformClock } from '../world/platform-clock.js';
import { createVirtualTime } from '../world/virtual-time.js';
import { actInUi } from './person.js';
import type { AttemptPlan, PipelinePlan } from './plan.js';
import type { Plant } from './plants.js';
import { type Job, runProcess, type World } from './run-process.js';
import type { SeedRecord } from './seed-record.js';
import { planOf } from './throw-plan.js';

/** Longer than any scan of any world. */
const HEALING_MINUTES = '3000';

/** How a world is made. */
export interface WorldOptions {
  /** For the workspaces; emptied first. */
  readonly folder: string;
  readonly plant: Plant | null;
  /** Real sockets between client and platform; then the order of events is not repeatable to the byte. */
  readonly sockets: boolean;
}

/**
 * Lets one world happen: the real workflow against the real emulator, with everything that the seed has in store.
 * Afterwards the faults are gone, and the job is run once more (it must heal), and then the next one.
 */
export async function runSeed(seed: number, { folder, plant, sockets }: WorldOptions): Promise<SeedRecord> {
  await rm(folder, { recursive: true, force: true });
  const dice = createDice(seed);
  const plan = planOf(seed, dice.apart('plan'));
  const time = createVirtualTime();
  const scenario = plant?.scenario(plan.scenario) ?? plan.scenario;
  const platform = await openPlatform({ clock: platformClock(time), random: dice.apart('platform'), scenario }, sockets);
  const { emulator, url } = platform;
  emulator.faults.set(...plan.faults);
  const world: World = { dice, time, emulator, url, folder, plant, processes: [], said: [] };

  const actors = [runPipeline(world, plan.ours), ...(plan.rival === null ? [] : [runPipeline(world, plan.rival)]), actInUi(plan.person, time, emulator)];
  await time.runUntil(Promise.all(actors));
  emulator.faults.clear();
  await time.runUntil(healAndGoOn(world, plan.ours));
  await platform.close();

  return {
    plan,
    processes: world.processes,
    journal: emulator.journal(),
    snapshot: emulator.snapshot(),
    secrets: emulator.credentials.map(({ apiKey }) => apiKey),
    said: world.said.join('\n'),
  };
}

interface OpenPlatform {
  readonly emulator: Emulator;
  readonly url: string | null;
  close(): Promise<void>;
}

async function openPlatform(options: EmulatorOptions, sockets: boolean): Promise<OpenPlatform> {
  if (!sockets) return { emulator: createEmulator(options), url: null, close: () => Promise.resolve() };
  const emulator = await startEmulator(options);
  return { emulator, url: emulator.url, close: () => emulator.close() };
}

async function runPipeline(world: World, plan: PipelinePlan): Promise<void> {
  await world.time.sleep(plan.startMs);
  let goesOn: AttemptPlan['goesOn'] = 'same-command';
  for (const [index, attempt] of plan.attempts.entries()) {
    const result = await runProcess(world, jobOf(world, plan, attempt, goesOn));
    const isOver = result !== null && ![3, 5, 7, 130].includes(result.exitCode);
    if (isOver || index === plan.attempts.length - 1) return;
    goesOn = attempt.goesOn;
    await world.time.sleep(world.dice.apart(`pause ${plan.name} ${index}`).between(0, 600_000));
  }
}

function jobOf({ folder }: World, plan: PipelinePlan, attempt: AttemptPlan, goesOn: AttemptPlan['goesOn']): Job {
  const workspace = join(folder, plan.name);
  const files = attempt.isRebuilt ? plan.files.map(({ name, content }) => ({ name, content: `${content}, again` })) : plan.files;
  const common = { pipeline: plan.name, account: plan.name === 'ours' ? 0 : 1, workspace, buildNumber: 17, files, disturbance: attempt.disturbance } as const;
  if (goesOn === 'wait') {
    const timeout = plan.settings.filter(({ name }) => name === 'timeout');
    return { ...common, command: 'wait', settings: timeout };
  }
  const resume: Setting[] = goesOn === 'resume' ? [{ name: 'resume', value: null }] : [];
  return { ...common, workspace: goesOn === 'clean-workspace' ? `${workspace}-clean` : workspace, command: 'scan', settings: [...plan.settings, ...resume] };
}

/** The faults are over: the same job must come to its right end now, and the next one must not be in its way. */
async function healAndGoOn(world: World, plan: PipelinePlan): Promise<void> {
  const settings = [...plan.settings.filter(({ name }) => name !== 'timeout' && name !== 'no-wait'), { name: 'timeout', value: HEALING_MINUTES }];
  const job = { account: 0, files: plan.files, disturbance: null, command: 'scan', settings } as const;
  await runProcess(world, { ...job, pipeline: 'heal', workspace: join(world.folder, 'heal'), buildNumber: 17 });
  await runProcess(world, { ...job, pipeline: 'next', workspace: join(world.folder, 'next'), buildNumber: 18 });
}
