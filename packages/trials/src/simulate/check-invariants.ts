import { keptLimits } from './invariants/kept-limits.js';
import { noLeak } from './invariants/no-leak.js';
import { oneBuild } from './invariants/one-build.js';
import { othersUntouched } from './invariants/others-untouched.js';
import { provenGreen } from './invariants/proven-green.js';
import { rightEnd } from './invariants/right-end.js';
import type { Invariant, SeedRecord, Violation } from './seed-record.js';

const INVARIANTS: Readonly<Record<string, Invariant>> = {
  'proven green': provenGreen,
  'one build': oneBuild,
  'others untouched': othersUntouched,
  'kept limits': keptLimits,
  'right end': rightEnd,
  'no leak': noLeak,
};

/** Everything in a world that must not be. */
export function checkInvariants(record: SeedRecord): readonly Violation[] {
  return Object.entries(INVARIANTS).flatMap(([invariant, check]) => check(record).map((detail) => ({ invariant, detail })));
}
