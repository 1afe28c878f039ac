import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { pipelineRequest, threeSegments } from '../../test/pipeline-request.js';
import { tampering } from '../../test/tampering-client.js';
import { runPipelineScan } from './run-pipeline-scan.js';

const CREATE = 'POST /pipeline_scan/v1/scans';
const SEGMENT = 'PUT /pipeline_scan/v1/scans/{scan_id}/segments/{segment_id}';
const UPDATE = 'PUT /pipeline_scan/v1/scans/{scan_id}';
const READ = 'GET /pipeline_scan/v1/scans/{scan_id}';
const READS = [READ, `${READ}/findings`];
const LOSSES = ['reset-before', 'reset-after', 'cut-body', 'html-200', 'empty-200', 'wrong-root', 'bad-json', 'status:503', 'status:503:30', 'status:429:30', 'status:500'];

let platform: EmulatedPlatform;

async function scanThrough(): ReturnType<typeof runPipelineScan> {
  return runPipelineScan(platform.client, pipelineRequest(await platform.artifact('shop.war', threeSegments())));
}

/** What the platform has of each scan: how often it was started, its segments, its end. */
function made(): readonly string[] {
  return platform.emulator.snapshot().pipelineScans.map(({ status, timesStarted, segments }) => `${status}, ${segments.length} segments, started ${timesStarted}`);
}

const DONE = 'SUCCESS, 3 segments, started 1';

describe.each([SEGMENT, UPDATE, ...READS])('a lost answer to %s', (operation) => {
  it.each(LOSSES)('by %s, twice in a row, makes nothing twice', async (kind) => {
    platform = await startEmulatedPlatform();
    platform.emulator.faults.set({ operation, kind, count: 2 });
    await expect(scanThrough()).resolves.toMatchObject({ kind: 'pipeline', tally: { total: 6 } });
    expect(made()).toEqual([DONE]);
  });
});

describe('a lost answer to the creating call', () => {
  it.each(LOSSES)('by %s starts one scan, whatever was made', async (kind) => {
    platform = await startEmulatedPlatform();
    platform.emulator.faults.set({ operation: CREATE, kind });
    await expect(scanThrough()).resolves.toMatchObject({ kind: 'pipeline', tally: { total: 6 } });
    const [last, ...orphans] = made().toReversed();
    expect(last).toBe(DONE);
    expect(orphans.filter((scan) => scan !== 'UPLOADING, 0 segments, started 0')).toEqual([]);
  });
});

describe('a read that lags behind', () => {
  it.each([
    ['a segment', SEGMENT],
    ['the start', UPDATE],
  ])('%s whose answer was lost is not done twice', async (_name, operation) => {
    platform = await startEmulatedPlatform();
    platform.emulator.faults.set({ operation, kind: 'reset-after' }, { operation, kind: 'stale-read:1' });
    await expect(scanThrough()).resolves.toMatchObject({ kind: 'pipeline' });
    expect(made()).toEqual([DONE]);
  });
});

describe('a call that did nothing', () => {
  it.each([
    ['a segment', SEGMENT],
    ['the start', UPDATE],
  ])('(%s) is made once more where the scan is PENDING, or does not show', async (_name, operation) => {
    platform = await startEmulatedPlatform({}, (network) => tampering(network, READ, (text) => text.replace('"UPLOADING"', '"PENDING"')));
    platform.emulator.faults.set({ operation, kind: 'reset-before', count: 2 }, { operation: READ, kind: 'status:404' });
    await expect(scanThrough()).resolves.toMatchObject({ kind: 'pipeline' });
    expect(made()).toEqual([DONE]);
  });

  it('and a scan that names no next segment gets them in their order', async () => {
    platform = await startEmulatedPlatform({}, (network) => tampering(network, CREATE, (text) => text.replace('"upload":', '"later":')));
    await expect(scanThrough()).resolves.toMatchObject({ kind: 'pipeline' });
    expect(made()).toEqual([DONE]);
  });
});

describe('a scan that reads do not show yet', () => {
  it('is polled again', async () => {
    platform = await startEmulatedPlatform();
    platform.emulator.faults.set({ operation: CREATE, kind: 'stale-read:3' });
    await expect(scanThrough()).resolves.toMatchObject({ kind: 'pipeline' });
    expect(made()).toEqual([DONE]);
  });

  it('and never do, is an error, not a verdict', async () => {
    platform = await startEmulatedPlatform();
    platform.emulator.faults.set({ operation: CREATE, kind: 'stale-read:99' });
    const failure = await scanThrough().catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: 'ProtocolError',
      code: 'own-scan-unknown',
      message: `The platform does not know pipeline scan ${platform.emulator.snapshot().pipelineScans[0]?.id}, which it has made for us.`,
      advice: expect.stringContaining('open a case'),
    });
    expect(made()).toEqual([DONE]);
  });
});

describe('seven starts within a minute', () => {
  it('are kept apart by the client', async () => {
    platform = await startEmulatedPlatform();
    for (let turn = 0; turn < 7; turn += 1) {
      await expect(runPipelineScan(platform.client, pipelineRequest(await platform.artifact('a.war'), { pipelinePollIntervalMs: 1000 }))).resolves.toMatchObject({ kind: 'pipeline' });
    }
    expect(platform.emulator.journal().filter(({ status }) => status === 429)).toEqual([]);
  });

  it('are waited for where other clients have used them up', async () => {
    platform = await startEmulatedPlatform();
    platform.emulator.faults.set({ operation: UPDATE, kind: 'status:429:45', count: 3 });
    await expect(scanThrough()).resolves.toMatchObject({ kind: 'pipeline' });
    expect(made()).toEqual([DONE]);
  });
});

describe('an account without the role', () => {
  it('is told so, and nothing is made', async () => {
    platform = await startEmulatedPlatform({ accounts: [{ roles: ['resultsapi'] }] });
    await expect(scanThrough()).rejects.toMatchObject({ name: 'AuthorizationError' });
    expect(made()).toEqual([]);
  });
});
