import { runInChildren } from '../world/run-in-children.js';
import type { SeedViolation } from './simulate-seeds.js';

/** Worlds that one process sees: what the processes of a world leave behind when they are killed goes with it. */
const SHARE = 250;

/** Shares seeds out among processes of this program. A seed's world is the same in whichever process it happens. */
export async function simulateInChildren(work: {
  readonly first: number;
  readonly count: number;
  readonly plant: string | null;
  readonly sockets: boolean;
  readonly children: number;
}): Promise<readonly SeedViolation[]> {
  const share = Math.min(SHARE, Math.ceil(work.count / work.children));
  const argumentLists = Array.from({ length: Math.ceil(work.count / share) }, (_, index) => {
    const count = Math.min(share, work.count - index * share);
    return [String(work.first + index * share), String(count), work.plant ?? '', String(work.sockets)];
  });
  const found = (await runInChildren('main-simulate-child.js', argumentLists, work.children)) as readonly (readonly SeedViolation[])[];
  return found.flat();
}
