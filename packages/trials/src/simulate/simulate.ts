import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { ramFolder } from '../world/ram-folder.js';
import { PLANTS, type Plant } from './plants.js';
import { simulateInChildren } from './simulate-in-children.js';
import { simulateSeeds, type SeedViolation } from './simulate-seeds.js';

const USAGE = `simulate --seeds N [--seed FIRST] [--sockets] [--plant NAME] [--json]

Lets N worlds happen, each decided by its seed: the real workflow against the real emulator on one virtual clock, with
faults, delays, a rival, a person at the site, kills, resumes, cancels and clock jumps. Then looks at the truth.

--sockets puts real sockets between client and platform.
--plant NAME puts a bug in, to see it found: ${PLANTS.map(({ name, what }) => `\n  ${name}: ${what}`).join('')}
`;

/** Worlds for each process; more make no difference, fewer are not worth a start. */
const SEEDS_WORTH_A_PROCESS = 20;

/** @returns the exit code: 0 when every promise was kept, 1 when not, 2 for wrong input */
export async function simulate(args: readonly string[]): Promise<number> {
  const options = readArguments(args);
  if (options === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { count, first, json } = options;
  const startedMs = performance.now();
  const violations = await simulateAll(options);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  if (json) process.stdout.write(`${JSON.stringify({ seeds: count, violations: violations.map(toJson) }, null, 2)}\n`);
  else for (const line of describe(violations)) process.stdout.write(`${line}\n`);
  process.stderr.write(`${count} seeds from ${first}: ${violations.length} violations, in ${seconds} s\n`);
  return violations.length === 0 ? 0 : 1;
}

interface Options {
  readonly first: number;
  readonly count: number;
  readonly plant: Plant | null;
  readonly sockets: boolean;
  readonly json: boolean;
}

function readArguments(args: readonly string[]): Options | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seeds: { type: 'string', default: '100' },
        seed: { type: 'string', default: '1' },
        plant: { type: 'string' },
        sockets: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const plant = PLANTS.find(({ name }) => name === values.plant) ?? null;
    const [count, first] = [Number(values.seeds), Number(values.seed)];
    const isUsable = Number.isSafeInteger(count) && count > 0 && Number.isSafeInteger(first) && (values.plant === undefined || plant !== null);
    return isUsable ? { first, count, plant, sockets: values.sockets, json: values.json } : null;
  } catch {
    return null;
  }
}

async function simulateAll({ first, count, plant, sockets }: Options): Promise<readonly SeedViolation[]> {
  const children = Math.min(availableParallelism(), Math.floor(count / SEEDS_WORTH_A_PROCESS));
  if (children > 1) return simulateInChildren({ first, count, plant: plant?.name ?? null, sockets, children });
  const folder = await mkdtemp(join(ramFolder(), 'verapipe-simulate-'));
  try {
    return await simulateSeeds({ first, count, plant, sockets, folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function toJson({ seed, invariant, journal }: SeedViolation): Pick<SeedViolation, 'seed' | 'invariant' | 'journal'> {
  return { seed, invariant, journal };
}

function describe(violations: readonly SeedViolation[]): readonly string[] {
  return violations.flatMap(({ seed, invariant, detail, journal }) => [
    `seed ${seed}: ${invariant}: ${detail}`,
    ...(violations.length <= 3 ? journal.map((line) => `  ${line}`) : []),
  ]);
}
