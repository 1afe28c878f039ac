import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { SeedViolation } from './simulate-seeds.js';

/** Shares seeds out among processes of this program. A seed's world is the same in whichever process it happens. */
export async function simulateInChildren(work: {
  readonly first: number;
  readonly count: number;
  readonly plant: string | null;
  readonly sockets: boolean;
  readonly children: number;
}): Promise<readonly SeedViolation[]> {
  const share = Math.ceil(work.count / work.children);
  const parts = Array.from({ length: work.children }, (_, index) => ({ first: work.first + index * share, count: Math.min(share, work.count - index * share) }));
  const found = await Promise.all(parts.map(({ first, count }) => simulateInChild([String(first), String(count), work.plant ?? '', String(work.sockets)])));
  return found.flat();
}

function simulateInChild(args: readonly string[]): Promise<readonly SeedViolation[]> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('main-simulate-child.js', import.meta.url)), args);
    let violations: readonly SeedViolation[] | null = null;
    child.on('message', (message) => {
      violations = message as readonly SeedViolation[];
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (violations === null) reject(new Error(`A process with the seeds ${args.join(' ')} ended with ${code}.`));
      else resolve(violations);
    });
  });
}
