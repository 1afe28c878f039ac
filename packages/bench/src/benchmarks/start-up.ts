import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Benchmark, measured } from '../figure.js';
import { interleave, median } from '../median.js';
import { CLI } from '../places.js';
import { runChild } from '../run-child.js';

/** Starts are short and noisy: one sample is the median of this many. */
const STARTS_PER_SAMPLE = 5;

/** `verapipe --version` against a script that does nothing. */
export const startUp: Benchmark = {
  name: 'start-up',
  async run(folder) {
    const empty = join(folder, 'empty.mjs');
    await writeFile(empty, '');
    const samples = await interleave(
      () => startMs([CLI, '--version']),
      () => startMs([empty]),
    );
    return [
      measured({
        id: 'start-up',
        what: 'verapipe --version, wall ms',
        peer: 'an empty Node script',
        ours: median(samples.ours),
        theirs: median(samples.theirs),
        goal: 1.8,
      }),
    ];
  },
};

async function startMs(args: readonly string[]): Promise<number> {
  const walls: number[] = [];
  for (let start = 0; start < STARTS_PER_SAMPLE; start += 1) {
    walls.push((await runChild({ program: process.execPath, args })).wallMs);
  }
  return median(walls);
}
