import { beforeAll, describe, expect, it } from '@jest/globals';

import { worldOfSeedOne } from '../../../test/world-of-seed-one.js';
import type { Disturbance } from '../plan.js';
import type { ProcessRecord, SeedRecord } from '../seed-record.js';
import { rightEnd } from './right-end.js';

const MINUTE_MS = 60_000;
const CANCEL: Disturbance = { kind: 'cancel', afterMs: 5 };
const CLOCK_JUMP: Disturbance = { kind: 'clock-jump', afterMs: 5, byMs: 3_600_000 };

let record: Awaited<ReturnType<typeof worldOfSeedOne>>;
beforeAll(async () => {
  record = await worldOfSeedOne();
});

/** A world in which nothing went wrong, whose one process ended with a code after some minutes of the thirty that it had. */
function withEnd(exitCode: number, minutes: number, disturbance: Disturbance | null): SeedRecord {
  const [first] = record.processes;
  const result = { kind: 'unjudged', exitCode, failure: { code: 'some-code', message: 'Some failure.' } } as unknown as ProcessRecord['result'];
  const settings = [{ name: 'timeout', value: '30' }];
  const process: ProcessRecord = { ...first, pipeline: 'ours', command: 'scan', settings, disturbance, startMs: 0, endMs: minutes * MINUTE_MS, result };
  return { ...record, plan: { ...record.plan, rival: null, person: [] }, journal: [], processes: [process] };
}

describe('an end', () => {
  it.each([
    [7, 30, null],
    [7, 26, null],
    [130, 1, CANCEL],
    [3, 1, CLOCK_JUMP],
  ])('with %i after %i of 30 minutes is right: %j', (exitCode, minutes, disturbance) => {
    expect(rightEnd(withEnd(exitCode, minutes, disturbance))).toEqual([]);
  });

  it.each([
    [7, 20, null],
    [130, 1, null],
    [130, 1, CLOCK_JUMP],
    [3, 1, null],
    [5, 1, null],
    [2, 1, CANCEL],
    [8, 30, null],
    [70, 1, null],
    [99, 1, null],
  ])('with %i after %i of 30 minutes is wrong: %j', (exitCode, minutes, disturbance) => {
    expect(rightEnd(withEnd(exitCode, minutes, disturbance))).toEqual([expect.stringContaining(`ours ended with ${String(exitCode)}`)]);
  });
});
