import { mkdir, rm } from 'node:fs/promises';

import { type RunningEmulator, type ScenarioInput, startEmulator } from '@verapipe/emulator';

import { createDice } from '../world/dice.js';
import { platformClock } from '../world/platform-clock.js';
import { createVirtualTime, type VirtualTime } from '../world/virtual-time.js';

/** A cell's world: the real emulator behind real sockets, on a time that stands still while they are busy. */
export interface FaultWorld {
  readonly time: VirtualTime;
  readonly emulator: RunningEmulator;
  /** For workspaces, and the home of the user. */
  readonly folder: string;
}

/** @param folder - emptied first */
export async function inFaultWorld<T>(scenario: ScenarioInput, folder: string, work: (world: FaultWorld) => Promise<T>): Promise<T> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const time = createVirtualTime();
  const emulator = await startEmulator({ clock: platformClock(time), random: createDice(1), scenario });
  try {
    return await time.runUntil(work({ time, emulator, folder }));
  } finally {
    await emulator.close();
  }
}

/** The calls that were made, in order. */
export function callsIn({ emulator }: FaultWorld): readonly string[] {
  return emulator.journal().map(({ operation }) => operation);
}
