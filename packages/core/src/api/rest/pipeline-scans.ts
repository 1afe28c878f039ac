import { decodePipelineScan, decodeSegmentReceipt, type PipelineScan, type PipelineSegmentReceipt } from '../../codecs/pipeline-scan.js';
import { MAX_PIPELINE_RESULTS_BYTES, parsePipelineResults, type PipelineResults } from '../../codecs/pipeline-results.js';
import { parseJsonObject } from '../../codecs/rest.js';
import type { PipelineStage } from '../../domain/pipeline-scan-request.js';
import type { Artifact } from '../../domain/scan-request.js';
import { isVeracodeError, ProtocolError, RefusedError } from '../../kernel/errors.js';
import { readText } from '../../transport/body.js';
import type { ByteRange } from '../../transport/file-body.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import { segmentBody } from '../../transport/multipart-body.js';
import type { VeracodeClient } from '../veracode-client.js';
import { callRest } from './rest-call.js';

/** What a pipeline scan is made with. @public */
export interface PipelineScanOrder {
  readonly binaryName: string;
  readonly binarySizeBytes: number;
  /** SHA-256 of the whole file, lower-case hex. */
  readonly binaryHash: string;
  readonly projectName: string | null;
  readonly projectUrl: string | null;
  readonly projectRef: string | null;
  readonly commitHash: string | null;
  readonly stage: PipelineStage;
  /** Whole minutes, at most 60, after which the platform gives up. */
  readonly scanTimeoutMinutes: number;
  /** Names of modules; empty means all. */
  readonly includeModules: readonly string[];
  /** Findings come with the ways of their data. */
  readonly stackDumps: boolean;
}

/** One segment of an artifact on its way. @public */
export interface SegmentUpload {
  readonly scanId: string;
  /** From 0. */
  readonly index: number;
  readonly artifact: Artifact;
  readonly range: ByteRange;
  readonly onBytes?: (sentBytes: number) => void;
}

/** What came of a segment, and what was sent. @public */
export interface SentSegment {
  readonly receipt: PipelineSegmentReceipt;
  /** SHA-256 of the bytes that were sent, lower-case hex. */
  readonly sha256: string | null;
}

const CREATE_SCAN: Operation = { name: 'POST /pipeline_scan/v1/scans', idempotent: false, reads: false, limitClass: 'rest' };
const GET_SCAN: Operation = { name: 'GET /pipeline_scan/v1/scans/{scan_id}', idempotent: true, reads: true, limitClass: 'rest' };
const START_SCAN: Operation = { name: 'PUT /pipeline_scan/v1/scans/{scan_id}', idempotent: false, reads: false, limitClass: 'pipeline-start' };
/** The same call of the platform. Cancelling does not count among the starts, must not wait for them, and may be repeated. */
const CANCEL_SCAN: Operation = { ...START_SCAN, idempotent: true, limitClass: 'rest' };
const PUT_SEGMENT: Operation = { name: 'PUT /pipeline_scan/v1/scans/{scan_id}/segments/{segment_id}', idempotent: false, reads: false, limitClass: 'rest' };
const GET_FINDINGS: Operation = { name: 'GET /pipeline_scan/v1/scans/{scan_id}/findings', idempotent: true, reads: true, limitClass: 'rest' };
/** The calls of this file. */
export const PIPELINE_OPERATIONS = [CREATE_SCAN, GET_SCAN, START_SCAN, PUT_SEGMENT, GET_FINDINGS];

const SCANS = '/pipeline_scan/v1/scans';
const SEGMENT_TIMEOUT_MS = 120_000;
const FINDINGS_TIMEOUT_MS = 120_000;

/**
 * Makes a pipeline scan; it waits for its segments and does nothing until it is started.
 *
 * @operation POST /pipeline_scan/v1/scans (not idempotent)
 * @throws RefusedError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Pipeline Scan API"
 * @public
 */
export function createPipelineScan(client: VeracodeClient, order: PipelineScanOrder, call: CallOptions = {}): Promise<PipelineScan> {
  const body = {
    binary_name: order.binaryName,
    binary_size: order.binarySizeBytes,
    binary_hash: order.binaryHash,
    dev_stage: order.stage,
    scan_timeout: order.scanTimeoutMinutes,
    ...given('project_name', order.projectName),
    ...given('project_uri', order.projectUrl),
    ...given('project_ref', order.projectRef),
    ...given('commit_hash', order.commitHash),
    ...given('include_modules', order.includeModules.join(',')),
    ...(order.stackDumps ? { emit_stack_dump: true } : {}),
  };
  return askedFor(
    callRest(client, {
      operation: CREATE_SCAN,
      method: 'POST',
      path: SCANS,
      body,
      call,
      decode: (answer) => decodePipelineScan(answer, CREATE_SCAN.name),
    }),
  );
}

/**
 * Sends one segment of the file, streamed from disk.
 *
 * @operation PUT /pipeline_scan/v1/scans/{scan_id}/segments/{segment_id} (not idempotent)
 * @throws RefusedError (out of turn, or of a wrong size), LocalError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Pipeline Scan API"
 * @public
 */
export async function putPipelineSegment(client: VeracodeClient, segment: SegmentUpload, call: CallOptions = {}): Promise<SentSegment> {
  const { scanId, index, artifact, range, onBytes } = segment;
  const boundary = `verapipe${Buffer.from(client.random.bytes(16)).toString('hex')}`;
  const body = segmentBody(artifact, range, { boundary, ...(onBytes === undefined ? {} : { onBytes }) });
  const receipt = await askedFor(
    client.send({
      request: {
        operation: PUT_SEGMENT,
        method: 'PUT',
        url: new URL(`${client.hosts.restBaseUrl}${scanPath(scanId)}/segments/${index}`),
        headers: { accept: 'application/json' },
        body,
        attemptTimeoutMs: SEGMENT_TIMEOUT_MS,
        call,
      },
      decode: async (response) => decodeSegmentReceipt(parseJsonObject(await readText(response), PUT_SEGMENT.name), PUT_SEGMENT.name, { scanId, index }),
    }),
  );
  return { receipt, sha256: body.sha256() };
}

/**
 * Starts a scan whose segments are all there; six times a minute at most, which the client keeps by itself.
 *
 * @operation PUT /pipeline_scan/v1/scans/{scan_id} (not idempotent)
 * @throws RefusedError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Pipeline Scan API", "About Pipeline Scan Prerequisites"
 * @public
 */
export function startPipelineScan(client: VeracodeClient, { scanId }: { readonly scanId: string }, call: CallOptions = {}): Promise<PipelineScan> {
  return changeStatus(client, START_SCAN, { scanId, status: 'STARTED', call });
}

/**
 * Ends a scan early; one that is over stays as it is.
 *
 * @operation PUT /pipeline_scan/v1/scans/{scan_id} (not idempotent)
 * @throws RefusedError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Pipeline Scan API"
 * @public
 */
export function cancelPipelineScan(client: VeracodeClient, { scanId }: { readonly scanId: string }, call: CallOptions = {}): Promise<PipelineScan> {
  return changeStatus(client, CANCEL_SCAN, { scanId, status: 'CANCELLED', call });
}

/**
 * Reads where a scan is.
 *
 * @operation GET /pipeline_scan/v1/scans/{scan_id} (idempotent)
 * @throws NotFoundError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Pipeline Scan API"
 * @public
 */
export function getPipelineScan(client: VeracodeClient, { scanId }: { readonly scanId: string }, call: CallOptions = {}): Promise<PipelineScan> {
  return callRest(client, {
    operation: GET_SCAN,
    method: 'GET',
    path: scanPath(scanId),
    call,
    decode: (answer) => sameScan(decodePipelineScan(answer, GET_SCAN.name), scanId, GET_SCAN.name),
  });
}

/**
 * Reads the results of a scan.
 *
 * @returns null while there are none (status 202)
 * @operation GET /pipeline_scan/v1/scans/{scan_id}/findings (idempotent)
 * @throws NotFoundError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Pipeline Scan API"
 * @public
 */
export function getPipelineFindings(client: VeracodeClient, { scanId }: { readonly scanId: string }, call: CallOptions = {}): Promise<PipelineResults | null> {
  return client.send({
    request: {
      operation: GET_FINDINGS,
      method: 'GET',
      url: new URL(`${client.hosts.restBaseUrl}${scanPath(scanId)}/findings`),
      headers: { accept: 'application/json' },
      attemptTimeoutMs: FINDINGS_TIMEOUT_MS,
      call,
    },
    decode: async (response) => {
      const text = await readText(response, MAX_PIPELINE_RESULTS_BYTES);
      return response.status === 202 ? null : parsePipelineResults(text, `The answer to ${GET_FINDINGS.name}`);
    },
  });
}

interface StatusChange {
  readonly scanId: string;
  readonly status: 'STARTED' | 'CANCELLED';
  readonly call: CallOptions;
}

function changeStatus(client: VeracodeClient, operation: Operation, { scanId, status, call }: StatusChange): Promise<PipelineScan> {
  return askedFor(
    callRest(client, {
      operation,
      method: 'PUT',
      path: scanPath(scanId),
      body: { scan_status: status },
      call,
      decode: (answer) => sameScan(decodePipelineScan(answer, operation.name), scanId, operation.name),
    }),
  );
}

function scanPath(scanId: string): string {
  return `${SCANS}/${encodeURIComponent(scanId)}`;
}

function sameScan(scan: PipelineScan, scanId: string, operation: string): PipelineScan {
  if (scan.scanId === scanId) return scan;
  throw new ProtocolError(`${operation} was answered for another scan.`, { code: 'unexpected-shape' });
}

/** A 400 of this service means that it understood the call and did not do it, which may be the echo of an earlier try. */
async function askedFor<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!isVeracodeError(error) || error.code !== 'bad-request') throw error;
    const { context, message } = error;
    throw new RefusedError(message, { code: 'refused', platformText: message, context });
  }
}

function given(name: string, value: string | null): Readonly<Record<string, string>> {
  return value === null || value === '' ? {} : { [name]: value };
}
