import { createHash } from 'node:crypto';
import type { EmulatedAccount } from '../../exchange.js';
import { resolvePipelineBehaviour } from '../../scenarios/pipeline-rule-schema.js';
import { demandRight } from '../access.js';
import type { UploadDigest } from '../files.js';
import { guidOf, type World } from '../world.js';
import type { PipelineEvent, PipelineScanOrder, PipelineScanRecord } from './pipeline-record.js';
import { isOver, pipelineStatus } from './pipeline-status.js';

/** Recorded scans have segments of 2.3 to 2.6 MB. */
const segmentBytes = 2.5 * 1024 * 1024;
const startsPerMinute = 6;
const minuteMs = 60_000;

/** The pipeline service says no. */
export class PipelineRefusal extends Error {
  override readonly name = 'PipelineRefusal';
  readonly status: 400 | 404 | 429;
  readonly retryAfterSeconds: number | null;

  constructor(status: 400 | 404 | 429, message: string, retryAfterSeconds: number | null = null) {
    super(message);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Takes an order in; its bytes follow. */
export function createPipelineScan(world: World, account: EmulatedAccount, request: PipelineScanOrder): PipelineScanRecord {
  demandRight(account, 'submit-scans');
  const { state, clock, scenario } = world;
  const nowMs = clock.emulatedMs();
  const scan: PipelineScanRecord = {
    id: guidOf('pipeline-scan', `${state.pipelineScans.length + 1} ${account.userName} ${request.binaryHash}`),
    request,
    segmentsExpected: Math.ceil(request.binarySizeBytes / segmentBytes),
    segments: [],
    createdBy: account.userName,
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    startedBy: null,
    startedAtMs: null,
    cancelledAtMs: null,
    behaviour: resolvePipelineBehaviour(scenario.pipelineScans, { project: request.projectName ?? '', file: request.binaryName }),
    events: [],
  };
  state.pipelineScans.push(scan);
  world.pipelineHashes.set(scan.id, createHash('sha256'));
  record(scan, { kind: 'created', atMs: nowMs, by: account.userName });
  return scan;
}

/** @throws PipelineRefusal 404 */
export function findPipelineScan(world: World, account: EmulatedAccount, id: string): PipelineScanRecord {
  demandRight(account, 'submit-scans');
  const scan = world.state.pipelineScans.find((candidate) => candidate.id === id);
  if (scan === undefined) {
    throw new PipelineRefusal(404, `There is no scan ${id}.`);
  }
  return scan;
}

/** Bytes of one segment, on their way. */
export interface ArrivingSegment {
  readonly index: number;
  /** Reads the body to its end and hands each piece to `tap`. */
  readonly receive: (tap: (chunk: Uint8Array) => void) => Promise<Pick<UploadDigest, 'sizeBytes' | 'sha256'>>;
}

/**
 * Takes in the next segment. Its bytes are counted and hashed, never kept; a body that breaks off leaves nothing.
 *
 * @throws PipelineRefusal for a segment out of turn, or of a wrong size
 */
export async function addSegment(world: World, account: EmulatedAccount, id: string, segment: ArrivingSegment): Promise<PipelineScanRecord> {
  demandNext(world, findPipelineScan(world, account, id), segment.index);
  const hash = world.pipelineHashes.get(id)?.copy();
  const { sizeBytes, sha256 } = await segment.receive((chunk) => hash?.update(chunk));
  // The world may have moved while the bytes came.
  const scan = findPipelineScan(world, account, id);
  demandNext(world, scan, segment.index);
  demandSize(scan, segment.index, sizeBytes);
  const atMs = world.clock.emulatedMs();
  scan.segments = [...scan.segments, { sizeBytes, sha256, uploadedAtMs: atMs }];
  if (hash !== undefined) {
    world.pipelineHashes.set(id, hash);
  }
  record(scan, { kind: 'segment-uploaded', atMs, by: account.userName, segment: segment.index });
  return scan;
}

/** Begins to scan what was uploaded. @throws PipelineRefusal when something is missing, differs or has begun already */
export function startPipelineScan(world: World, account: EmulatedAccount, id: string): PipelineScanRecord {
  const scan = findPipelineScan(world, account, id);
  const atMs = world.clock.emulatedMs();
  const { status } = pipelineStatus(scan, atMs);
  if (status !== 'UPLOADING') {
    throw new PipelineRefusal(400, `Scan ${id} cannot be started: it is ${status}.`);
  }
  if (scan.segments.length < scan.segmentsExpected) {
    throw new PipelineRefusal(400, `Scan ${id} cannot be started: ${scan.segments.length} of ${scan.segmentsExpected} segments are there.`);
  }
  demandWholeFile(world, scan);
  demandStartRate(world, account, atMs);
  scan.startedAtMs = atMs;
  scan.startedBy = account.userName;
  world.pipelineHashes.delete(id);
  record(scan, { kind: 'started', atMs, by: account.userName });
  return scan;
}

/** Ends a scan early; a scan that is over stays as it is. */
export function cancelPipelineScan(world: World, account: EmulatedAccount, id: string): PipelineScanRecord {
  const scan = findPipelineScan(world, account, id);
  const atMs = world.clock.emulatedMs();
  if (!isOver(pipelineStatus(scan, atMs).status)) {
    scan.cancelledAtMs = atMs;
    world.pipelineHashes.delete(id);
    record(scan, { kind: 'cancelled', atMs, by: account.userName });
  }
  return scan;
}

function demandNext({ clock }: World, scan: PipelineScanRecord, index: number): void {
  const { status } = pipelineStatus(scan, clock.emulatedMs());
  if (status !== 'UPLOADING' && status !== 'PENDING') {
    throw new PipelineRefusal(400, `Scan ${scan.id} takes no segments: it is ${status}.`);
  }
  if (index >= scan.segmentsExpected) {
    throw new PipelineRefusal(400, `Scan ${scan.id} has the segments 0 to ${scan.segmentsExpected - 1}.`);
  }
  if (index !== scan.segments.length) {
    throw new PipelineRefusal(400, `The next segment of scan ${scan.id} is ${scan.segments.length}, not ${index}.`);
  }
}

/** All segments are alike, the last one has the rest. */
function demandSize({ id, request, segmentsExpected }: PipelineScanRecord, index: number, sizeBytes: number): void {
  const usual = Math.ceil(request.binarySizeBytes / segmentsExpected);
  const wanted = Math.min(usual, request.binarySizeBytes - index * usual);
  if (sizeBytes !== wanted) {
    throw new PipelineRefusal(400, `Segment ${index} of scan ${id} must have ${wanted} bytes; it has ${sizeBytes}.`);
  }
}

function demandWholeFile({ pipelineHashes }: World, { id, request, segments }: PipelineScanRecord): void {
  const sizeBytes = segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
  if (sizeBytes !== request.binarySizeBytes) {
    throw new PipelineRefusal(400, `Scan ${id} was announced with ${request.binarySizeBytes} bytes; ${sizeBytes} have come.`);
  }
  // An emulator that was started anew in between has forgotten the bytes and cannot tell.
  const hash = pipelineHashes.get(id)?.copy().digest('hex');
  if (hash !== undefined && hash !== request.binaryHash) {
    throw new PipelineRefusal(400, `Scan ${id} was announced with the hash ${request.binaryHash}; the segments make ${hash}.`);
  }
}

function demandStartRate({ state }: World, account: EmulatedAccount, nowMs: number): void {
  const recent = state.pipelineScans.flatMap(({ startedBy, startedAtMs }) =>
    startedBy === account.userName && startedAtMs !== null && startedAtMs > nowMs - minuteMs ? [startedAtMs] : [],
  );
  if (recent.length >= startsPerMinute) {
    const freeAtMs = Math.min(...recent) + minuteMs;
    throw new PipelineRefusal(429, `At most ${startsPerMinute} scans can be started in a minute.`, Math.ceil((freeAtMs - nowMs) / 1000));
  }
}

function record(scan: PipelineScanRecord, event: PipelineEvent): void {
  scan.events = [...scan.events, event];
  scan.changedAtMs = event.atMs;
}
