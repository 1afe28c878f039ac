import { createHash } from 'node:crypto';
import { appendFile, truncate } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { ScenarioInput } from '@verapipe/emulator';

import { type EmulatedPlatform, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { pipelineOptions, pipelineRequest, threeSegments } from '../../test/pipeline-request.js';
import { tampering } from '../../test/tampering-client.js';
import { createDeadline } from '../kernel/deadline.js';
import { runPipelineScan } from './run-pipeline-scan.js';

const [CREATE, GET, UPDATE] = ['POST /pipeline_scan/v1/scans', 'GET /pipeline_scan/v1/scans/{scan_id}', 'PUT /pipeline_scan/v1/scans/{scan_id}'];
const [SEGMENT, FINDINGS] = ['PUT /pipeline_scan/v1/scans/{scan_id}/segments/{segment_id}', 'GET /pipeline_scan/v1/scans/{scan_id}/findings'];

let platform: EmulatedPlatform;

function scans(): ReturnType<EmulatedPlatform['emulator']['snapshot']>['pipelineScans'] {
  return platform.emulator.snapshot().pipelineScans;
}

async function run(scenario: ScenarioInput['pipelineScans'], more: Parameters<typeof pipelineRequest>[1] = {}): ReturnType<typeof runPipelineScan> {
  platform = await startEmulatedPlatform({ pipelineScans: scenario });
  return runPipelineScan(platform.client, pipelineRequest(await platform.artifact('shop.war'), more), pipelineOptions());
}

describe('runPipelineScan', () => {
  it('sends the file in segments, starts, waits and proves', async () => {
    platform = await startEmulatedPlatform();
    const artifact = await platform.artifact('shop.war', threeSegments());
    const options = pipelineOptions();
    const outcome = await runPipelineScan(platform.client, pipelineRequest(artifact), options);
    const sha256 = createHash('sha256').update(threeSegments()).digest('hex');
    expect(outcome).toMatchObject({
      kind: 'pipeline',
      scanId: scans()[0]?.id,
      artifact: { path: artifact.path, name: 'shop.war', sizeBytes: 6_400_000, sha256 },
      modules: ['shop.war', 'JS files within shop.war'],
      tally: { total: 6, bySeverity: { 0: 1, 2: 2, 3: 2, 4: 1 } },
      startedAt: '2026-01-15T00:00:00.000Z',
      finishedAt: new Date(platform.clock.now()).toISOString(),
    });
    expect(Date.parse(outcome.finishedAt)).toBeGreaterThan(Date.parse(outcome.startedAt) + 90_000);
    expect(outcome.findings).toHaveLength(6);
    expect(scans()).toMatchObject([
      {
        status: 'SUCCESS',
        timesStarted: 1,
        request: {
          binaryName: 'shop.war',
          binaryHash: sha256,
          projectName: 'Shop',
          projectUri: 'https://git.example/shop',
          projectRef: 'main',
          commitHash: 'abc123',
          devStage: 'TESTING',
          scanTimeoutMinutes: 60,
        },
      },
    ]);
    expect(platform.calls()).toEqual([CREATE, SEGMENT, SEGMENT, SEGMENT, UPDATE, GET, GET, GET, FINDINGS]);
    const phases = options.events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));
    expect(phases).toEqual(['hash', 'create', 'upload', 'start', 'scan', 'results']);
    const uploads = options.events.flatMap((event) => (event.type === 'upload' ? [`${event.index}/${event.count}: ${event.sentBytes}`] : []));
    expect(uploads).toEqual(['1/3: 2133334', '2/3: 4266668', '3/3: 6400000']);
    expect(options.events).toContainEqual({ type: 'pipeline-scan', scanId: outcome.scanId });
    const polls = options.events.flatMap((event) => (event.type === 'pipeline-poll' ? [event] : []));
    // The start has told the state: the first poll comes after an interval.
    expect(polls[0]?.elapsedMs).toBeGreaterThanOrEqual(30_000);
    expect(polls.slice(-2)).toMatchObject([
      { waitingFor: 'scan', scanId: outcome.scanId, status: 'success', statusText: 'SUCCESS', nextPollMs: null },
      { waitingFor: 'findings', scanId: outcome.scanId, statusText: 'SUCCESS', elapsedMs: 0, nextPollMs: null },
    ]);
  });

  it('asks for findings until they are there', async () => {
    const outcome = await run([{ findingsSeconds: 70 }]);
    expect(outcome.tally.total).toBe(6);
    expect(platform.calls().filter((call) => call === FINDINGS).length).toBeGreaterThanOrEqual(3);
  });

  it('is no verdict while the findings do not come', async () => {
    const failure = await run([{ findingsSeconds: 86_400 }], { timeoutMs: 600_000 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: 'DeadlineError',
      code: 'pipeline-findings-not-ready',
      message: `Pipeline scan ${scans()[0]?.id} is done, but its findings could not be read in time.`,
      advice: expect.stringContaining('--timeout') as unknown,
    });
    // Neither started again nor cancelled.
    expect(scans()).toMatchObject([{ status: 'SUCCESS', timesStarted: 1 }]);
  });

  it.each([
    ['twenty seconds are a minute', 20_000, 1],
    ['a minute and a half are two', 90_000, 2],
    ['four hours are one, the most there is', 4 * 3_600_000, 60],
  ])('gives the platform whole minutes: %s', async (_name, timeoutMs, scanTimeoutMinutes) => {
    await run([{ scanSeconds: 5 }], { timeoutMs, pipelinePollIntervalMs: 2000 });
    expect(scans()).toMatchObject([{ request: { scanTimeoutMinutes } }]);
  });

  it('believes the answer to the start that the scan is over', async () => {
    platform = await startEmulatedPlatform({}, (network) => tampering(network, UPDATE, (text) => text.replace('"STARTED"', '"FAILURE"')));
    const request = pipelineRequest(await platform.artifact('shop.war'));
    await expect(runPipelineScan(platform.client, request)).rejects.toMatchObject({ name: 'ScanFailedError', code: 'pipeline-scan-failed' });
    expect(platform.calls().slice(-2)).toEqual([SEGMENT, UPDATE]);
  });

  it('is not let in half-way: the read is not taken for a scan that does not show yet', async () => {
    platform = await startEmulatedPlatform({ faults: [{ operation: GET, kind: 'status:403', count: 'all' }] });
    const request = pipelineRequest(await platform.artifact('shop.war'));
    await expect(runPipelineScan(platform.client, request)).rejects.toMatchObject({ name: 'AuthorizationError', context: { operation: GET } });
    expect(scans()).toMatchObject([{ status: 'CANCELLED', timesStarted: 1 }]);
  });

  it('polls no faster than asked', async () => {
    await run([{ scanSeconds: 600 }]);
    const polls = platform.emulator.journal().filter(({ operation }) => operation === GET);
    const pauses = polls.slice(1).map(({ emulatedMs }, index) => emulatedMs - (polls[index]?.emulatedMs ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(30_000);
    expect(polls.length).toBeLessThanOrEqual(20);
  });

  it('uploads before the scan is more than PENDING', async () => {
    await expect(run([{ pendingSeconds: 900 }])).resolves.toMatchObject({ kind: 'pipeline' });
  });

  it.each<[string, NonNullable<ScenarioInput['pipelineScans']>[number], object, string]>([
    ['a failure', { outcome: 'failure' }, { name: 'ScanFailedError', code: 'pipeline-scan-failed' }, 'FAILURE'],
    ['somebody who ends it', { outcome: 'cancelled' }, { name: 'ScanFailedError', code: 'pipeline-scan-cancelled' }, 'CANCELLED'],
    ['no module', { modules: [] }, { name: 'ScanFailedError', code: 'no-module-scanned' }, 'SUCCESS'],
  ])('is red after %s', async (_name, rule, error, status) => {
    await expect(run([rule])).rejects.toMatchObject(error);
    expect(scans()).toMatchObject([{ status, timesStarted: 1 }]);
    expect(platform.calls().filter((call) => call === UPDATE)).toHaveLength(1);
  });

  it('ends with the limit that the platform was given', async () => {
    platform = await startEmulatedPlatform({ pipelineScans: [{ outcome: 'never-ends' }] });
    const deadline = createDeadline(platform.clock, 600_000);
    const options = pipelineOptions({ deadline });
    const longer = { ...options, deadline: { ...deadline, remainingMs: () => Math.max(0, 900_000 - deadline.elapsedMs()) } };
    const request = pipelineRequest(await platform.artifact('shop.war'));
    await expect(runPipelineScan(platform.client, request, longer)).rejects.toMatchObject({ name: 'DeadlineError', code: 'pipeline-scan-not-finished' });
    expect(scans()).toMatchObject([{ status: 'CANCELLED', request: { scanTimeoutMinutes: 15 } }]);
  });

  it.each([
    ['its own limit', 'USER_TIMEOUT', 'pipeline-scan-user-timeout'],
    ['the hour', 'TIMEOUT', 'pipeline-scan-timeout'],
  ])('tells of a scan that the platform ended by %s', async (_name, word, code) => {
    platform = await startEmulatedPlatform({}, (network) => tampering(network, GET, (text) => text.replace('"SUCCESS"', `"${word}"`)));
    const request = pipelineRequest(await platform.artifact('shop.war'));
    await expect(runPipelineScan(platform.client, request)).rejects.toMatchObject({ name: 'DeadlineError', code });
  });

  it('is limited to the modules that were asked for', async () => {
    const outcome = await run([], { includeModules: ['shop.war'] });
    expect(outcome.modules).toEqual(['shop.war']);
    expect(outcome.results.original).toMatchObject({ selected_modules: ['shop.war'] });
  });

  it('is red when a module that was asked for was left out', async () => {
    await expect(run([], { includeModules: ['shop.war', 'lib*.jar'] })).rejects.toMatchObject({ name: 'ScanFailedError', code: 'module-not-scanned' });
  });

  it('warns of a file of more than 200 MB', async () => {
    platform = await startEmulatedPlatform();
    const artifact = await platform.artifact('large.war');
    const options = pipelineOptions();
    const request = pipelineRequest({ ...artifact, sizeBytes: 200 * 1024 * 1024 + 1 });
    await expect(runPipelineScan(platform.client, request, options)).rejects.toMatchObject({ code: 'artifact-changed' });
    expect(options.events[0]).toMatchObject({ type: 'warning', message: 'large.war has 209715201 bytes; pipeline scans of more than 200 MB may be refused.' });
    expect(platform.calls()).toEqual([]);
  });

  it('does not warn of a file of 200 MB', async () => {
    platform = await startEmulatedPlatform();
    const options = pipelineOptions();
    const request = pipelineRequest({ ...(await platform.artifact('large.war')), sizeBytes: 200 * 1024 * 1024 });
    await expect(runPipelineScan(platform.client, request, options)).rejects.toMatchObject({ code: 'artifact-changed' });
    expect(options.events[0]).toEqual({ type: 'phase', phase: 'hash' });
  });
});

describe('a file that changes', () => {
  it.each([
    ['grows', (path: string) => appendFile(path, 'x')],
    ['shrinks', (path: string) => truncate(path, 5_000_000)],
  ])('and %s after it was hashed is never scanned', async (_name, change) => {
    platform = await startEmulatedPlatform();
    const artifact = await platform.artifact('shop.war', threeSegments());
    const changed: Promise<void>[] = [];
    const options = pipelineOptions({
      onProgress(event) {
        if (event.type === 'upload' && event.index === 1) changed.push(change(artifact.path));
      },
    });
    await expect(runPipelineScan(platform.client, pipelineRequest(artifact), options)).rejects.toMatchObject({ name: 'LocalError', code: 'artifact-changed' });
    await Promise.all(changed);
    expect(scans()).toMatchObject([{ status: 'CANCELLED', timesStarted: 0 }]);
  });
});

describe('a run that is given up', () => {
  it.each(['upload', 'pipeline-poll'] as const)('at %s cancels its scan', async (moment) => {
    platform = await startEmulatedPlatform();
    const abort = new AbortController();
    const options = pipelineOptions({
      signal: abort.signal,
      onProgress(event) {
        if (event.type === moment) abort.abort(new Error('the job was cancelled'));
      },
    });
    await expect(runPipelineScan(platform.client, pipelineRequest(await platform.artifact('shop.war', threeSegments())), options)).rejects.toThrow();
    expect(scans()).toMatchObject([{ status: 'CANCELLED', timesStarted: moment === 'upload' ? 0 : 1 }]);
    const [cancelled] = platform.emulator.journal().slice(-1);
    expect(cancelled).toMatchObject({ operation: UPDATE, acted: true });
  });

  it('says so when the scan cannot be cancelled', async () => {
    platform = await startEmulatedPlatform({ pipelineScans: [{ outcome: 'never-ends' }] });
    platform.emulator.faults.set({ operation: UPDATE, kind: 'status:503', nth: 2, count: 'all' });
    const options = pipelineOptions();
    const request = pipelineRequest(await platform.artifact('shop.war'), { timeoutMs: 300_000 });
    await expect(runPipelineScan(platform.client, request, options)).rejects.toMatchObject({ name: 'DeadlineError', code: 'pipeline-scan-not-finished' });
    expect(options.events.at(-1)).toMatchObject({ type: 'warning', message: expect.stringMatching(new RegExp(`^Pipeline scan ${scans()[0]?.id} could not be cancelled and may run on by itself: .*503`)) as unknown });
    // A process ends five seconds after its signal, and the results are still to be written.
    expect(platform.clock.monotonicMs()).toBeLessThanOrEqual(303_500);
  });

  it('before anything was made makes nothing', async () => {
    platform = await startEmulatedPlatform();
    const request = pipelineRequest(await platform.artifact('shop.war'));
    await expect(runPipelineScan(platform.client, request, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(platform.calls()).toEqual([]);
  });
});

describe('segments that are told about otherwise', () => {
  const started = async (operation: string, pattern: RegExp | string, replacement: string, fault?: string): Promise<unknown> => {
    platform = await startEmulatedPlatform({}, (network) => tampering(network, operation, (text) => text.replace(pattern, replacement)));
    if (fault !== undefined) platform.emulator.faults.set({ operation: SEGMENT, kind: fault });
    const request = pipelineRequest(await platform.artifact('shop.war', threeSegments()));
    return runPipelineScan(platform.client, request).catch((error: unknown) => error);
  };

  it('are not sent in an order that is not understood', async () => {
    expect(await started(SEGMENT, '/segments/1"', '/segments/2"')).toMatchObject({
      name: 'ProtocolError',
      code: 'unexpected-shape',
      message: `The platform asks for segment 2 of scan ${scans()[0]?.id} where 1 is the next.`,
    });
    expect(scans()).toMatchObject([{ status: 'CANCELLED', segments: [{ sizeBytes: 2_133_334 }], timesStarted: 0 }]);
  });

  it('nor after a lost answer', async () => {
    expect(await started(GET, '/segments/1"', '/segments/2"', 'reset-after')).toMatchObject({ message: expect.stringMatching(/segment 2 of scan .* where 1 is the next/) as unknown });
    expect(scans()).toMatchObject([{ status: 'CANCELLED', timesStarted: 0 }]);
  });

  it('nor in numbers that do not divide the file', async () => {
    expect(await started(CREATE, /"binary_segments_expected":\d+/, '"binary_segments_expected":0')).toMatchObject({ message: 'The platform wants 6400000 bytes in 0 segments, which cannot be.' });
    expect(platform.calls()).toEqual([CREATE, UPDATE]);
  });

  it('are not sent on after somebody has ended the scan', async () => {
    expect(await started(GET, '"UPLOADING"', '"CANCELLED"', 'reset-after')).toMatchObject({
      name: 'ScanFailedError',
      code: 'pipeline-scan-ended',
      message: `Pipeline scan ${scans()[0]?.id} was ended while its file was uploaded: it is at "CANCELLED".`,
      advice: 'Run again.',
    });
    expect(scans()).toMatchObject([{ segments: [{ sizeBytes: 2_133_334 }], timesStarted: 0 }]);
  });

  it('are said to be damaged with what the platform has of them', async () => {
    expect(await started(SEGMENT, /"segment_hash":"[^"]*"/, `"segment_hash":"${'ab'.repeat(40)}"`)).toMatchObject({
      code: 'segment-damaged',
      message: `Segment 0 did not arrive as it was sent: the platform has 2133334 bytes with the hash ${'ab'.repeat(32)}.`,
      advice: expect.stringContaining('proxy') as unknown,
    });
  });
});

describe('results that prove nothing', () => {
  it.each<[string, string, RegExp | string, string, string]>([
    ['of another scan', FINDINGS, /"scan_id":"[^"]*"/, '"scan_id":"other"', 'contradictory-results'],
    ['without scan', FINDINGS, /"scan_id":"[^"]*",/, '', 'contradictory-results'],
    ['of no success', FINDINGS, '"scan_status":"SUCCESS"', '"scan_status":"FAILURE"', 'contradictory-results'],
    ['with other modules than they count', FINDINGS, '"modules_count":2', '"modules_count":3', 'contradictory-results'],
    ['that were cut', FINDINGS, /Results size: \d+ bytes/, 'Results size: 431723 bytes', 'results-cut'],
    ['for another scan than was asked for', GET, /"scan_id":"[^"]*"/, '"scan_id":"other"', 'unexpected-shape'],
    ['after a created scan without id', CREATE, /"scan_id":"[^"]*"/, '"scan_id":"../../x"', 'unexpected-shape'],
    ['after a link to somewhere else', CREATE, /"\/scans\/[^"]*\/segments\/0"/, '"https://elsewhere.example/scans/1/segments/0"', 'unexpected-shape'],
    ['after a link to another segment', CREATE, '/segments/0', '/segments/7', 'unexpected-shape'],
    ['after no segments', CREATE, '"binary_segments_expected":1', '"binary_segments_expected":0', 'unexpected-shape'],
    ['after more segments than bytes', CREATE, '"binary_segments_expected":1', '"binary_segments_expected":99999', 'unexpected-shape'],
    ['after a shortened segment', SEGMENT, /"segment_size":(\d+)/, '"segment_size":1', 'segment-damaged'],
    ['after a damaged segment', SEGMENT, /"segment_hash":"[^"]*"/, `"segment_hash":"${'0'.repeat(64)}"`, 'segment-damaged'],
  ])('%s are an error', async (_name, operation, pattern, replacement, code) => {
    platform = await startEmulatedPlatform({}, (network) => tampering(network, operation, (text) => text.replace(pattern, replacement)));
    const request = pipelineRequest(await platform.artifact('shop.war'));
    await expect(runPipelineScan(platform.client, request)).rejects.toMatchObject({ name: 'ProtocolError', code });
    expect(scans().every(({ timesStarted }) => timesStarted <= 1)).toBe(true);
  });

  it('words that nobody knows are waited through, and end with the time', async () => {
    platform = await startEmulatedPlatform({}, (network) => tampering(network, GET, (text) => text.replace('"SUCCESS"', '"SUCCEEDED"')));
    const request = pipelineRequest(await platform.artifact('shop.war'));
    await expect(runPipelineScan(platform.client, request)).rejects.toMatchObject({ name: 'DeadlineError', message: expect.stringContaining('"SUCCEEDED"') as unknown });
  });
});
