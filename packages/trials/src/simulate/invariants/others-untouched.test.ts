import type { SandboxView } from '@verapipe/emulator';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { worldOfSeedOne } from '../../../test/world-of-seed-one.js';
import { EPOCH_MS } from '../../world/virtual-time.js';
import type { ProcessRecord, SeedRecord } from '../seed-record.js';
import { othersUntouched } from './others-untouched.js';

let record: Awaited<ReturnType<typeof worldOfSeedOne>>;
beforeAll(async () => {
  record = await worldOfSeedOne();
});

/** The world of seed 1 with one more sandbox, which somebody has deleted a second after its making. */
function withDeleted(sandbox: Partial<SandboxView>, process: Partial<ProcessRecord>): SeedRecord {
  const [application, ...others] = record.snapshot.applications;
  const [first] = record.processes;
  if (application === undefined) throw new Error('The world of seed 1 has no application.');
  const gone: SandboxView = { id: '99', guid: 'g', name: 'feature', owner: 'ours', createdAtMs: EPOCH_MS + 1000, deleted: true, deletedBy: 'ours', deletedAtMs: EPOCH_MS + 2000, ...sandbox };
  const builds = application.builds.slice(0, 1).map((build) => ({ ...build, submittedBy: 'ours', sandboxId: '98', createdAtMs: EPOCH_MS - 60_000, deletedAtMs: EPOCH_MS + 2000, events: [], files: [] }));
  return {
    ...record,
    processes: [{ ...first, pipeline: 'ours', settings: [], disturbance: null, startMs: 0, endMs: 10_000, result: null, ...process }],
    snapshot: { ...record.snapshot, applications: [{ ...application, sandboxes: [gone], builds }, ...others] },
  };
}

describe('a deleted sandbox', () => {
  it.each<[name: string, sandbox: Partial<SandboxView>, process: Partial<ProcessRecord>, wanted: readonly unknown[]]>([
    ['of the run itself', {}, {}, []],
    ['of somebody else', { owner: 'rival' }, {}, [expect.stringContaining('which it had not made')]],
    ['that was there before', { createdAtMs: EPOCH_MS - 1 }, {}, [expect.stringContaining('which it had not made')]],
    ['that was to be kept', {}, { settings: [{ name: 'keep', value: null }] }, [expect.stringContaining('was to keep it')]],
    ['while no process of the account ran', {}, { startMs: 5000 }, [expect.stringContaining('did not end with 6')]],
    ['with a build in it', { id: '98' }, {}, [expect.stringMatching(/with build \d+ .+ in it/)]],
    ['that is there still', { deleted: false, deletedBy: null, deletedAtMs: null, owner: 'rival' }, {}, []],
  ])('%s: %j', (_name, sandbox, process, wanted) => {
    expect(othersUntouched(withDeleted(sandbox, process)).filter((fault) => fault.includes('sandbox'))).toEqual(wanted);
  });
});
