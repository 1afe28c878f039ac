import { checkInvariants } from './check-invariants.js';
import { renderJournal } from './render-journal.js';
import { runSeed, type WorldOptions } from './run-seed.js';
import type { Violation } from './seed-record.js';

/** A promise that was not kept, and the world in which it was not. */
export interface SeedViolation extends Violation {
  readonly seed: number;
  readonly journal: readonly string[];
}

/** Lets worlds happen one after the other. */
export async function simulateSeeds(work: WorldOptions & { readonly first: number; readonly count: number }): Promise<readonly SeedViolation[]> {
  const violations: SeedViolation[] = [];
  for (let seed = work.first; seed < work.first + work.count; seed += 1) violations.push(...(await simulateSeed(seed, work)));
  return violations;
}

async function simulateSeed(seed: number, options: WorldOptions): Promise<readonly SeedViolation[]> {
  try {
    const record = await runSeed(seed, options);
    const violations = checkInvariants(record);
    const journal = violations.length === 0 ? [] : renderJournal(record);
    return violations.map((violation) => ({ seed, ...violation, journal }));
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ seed, invariant: 'the world goes on', detail, journal: [] }];
  }
}
