import { ProtocolError } from '../kernel/errors.js';
import { fieldsOf } from './pipeline-fields.js';
import type { JsonObject } from './rest.js';

/** Where a pipeline scan is; `unknown` for words that we do not know, which count as still running. @public */
export type PipelineScanStatus =
  | 'pending'
  | 'uploading'
  | 'started'
  | 'success'
  | 'failure'
  | 'cancelled'
  | 'timeout'
  | 'user-timeout'
  | 'unknown';

/** A pipeline scan as the platform shows it. @public */
export interface PipelineScan {
  readonly scanId: string;
  readonly status: PipelineScanStatus;
  /** The platform's own word. */
  readonly statusText: string;
  readonly message: string | null;
  readonly segmentsExpected: number;
  readonly segmentsUploaded: number;
  /** Number of the segment that the platform wants next; null when it names none. */
  readonly nextSegment: number | null;
}

/** What the platform says about a segment that it has taken in. @public */
export interface PipelineSegmentReceipt {
  readonly sizeBytes: number;
  /** SHA-256, lower-case hex. */
  readonly sha256: string;
  /** Null after the last one. */
  readonly nextSegment: number | null;
}

const STATUSES: ReadonlyMap<string, PipelineScanStatus> = new Map([
  ['PENDING', 'pending'],
  ['UPLOADING', 'uploading'],
  ['STARTED', 'started'],
  ['SUCCESS', 'success'],
  ['FAILURE', 'failure'],
  ['CANCELLED', 'cancelled'],
  ['TIMEOUT', 'timeout'],
  ['USER_TIMEOUT', 'user-timeout'],
]);

/** Ids become parts of paths. */
const SCAN_ID = /^[\w-]{1,64}$/;

/** @param operation - for messages  @throws ProtocolError `unexpected-shape` */
export function decodePipelineScan(answer: JsonObject, operation: string): PipelineScan {
  const fields = fieldsOf(answer, `The answer to ${operation}`);
  const scanId = fields.text('scan_id');
  const statusText = fields.text('scan_status');
  if (scanId === null || !SCAN_ID.test(scanId)) throw fields.wrong('scan_id', 'the id of a scan');
  if (statusText === null) throw fields.wrong('scan_status', 'there');
  return {
    scanId,
    status: STATUSES.get(statusText) ?? 'unknown',
    statusText,
    message: fields.text('message'),
    segmentsExpected: fields.count('binary_segments_expected') ?? 0,
    segmentsUploaded: fields.count('binary_segments_uploaded') ?? 0,
    nextSegment: nextSegmentOf(answer, operation, scanId),
  };
}

/** @throws ProtocolError `unexpected-shape`, also for a receipt of another segment */
export function decodeSegmentReceipt(answer: JsonObject, operation: string, sent: { readonly scanId: string; readonly index: number }): PipelineSegmentReceipt {
  const fields = fieldsOf(answer, `The answer to ${operation}`);
  const [sizeBytes, sha256] = [fields.count('segment_size'), fields.text('segment_hash')];
  if (fields.text('scan_id') !== sent.scanId) throw fields.wrong('scan_id', 'the id of the scan that the segment was sent to');
  // The specification gives no type: a number, or the same as text.
  if (String(answer['segment_id']) !== String(sent.index)) throw fields.wrong('segment_id', 'the number of the segment that was sent');
  if (sizeBytes === null || sha256 === null) throw fields.wrong('segment_size or segment_hash', 'there');
  return { sizeBytes, sha256: sha256.toLowerCase(), nextSegment: nextSegmentOf(answer, operation, sent.scanId) };
}

/**
 * The segment that `_links.upload` leads to. Links are relative to the service; one that leads anywhere but to a segment
 * of this scan is not followed.
 */
function nextSegmentOf(answer: JsonObject, operation: string, scanId: string): number | null {
  const href = fieldsOf(answer, `The answer to ${operation}`).object('_links')?.object('upload')?.text('href') ?? '';
  if (href === '') return null;
  const [, id, digits] = /^(?:\/pipeline_scan\/v1)?\/scans\/([\w-]+)\/segments\/(\d{1,6})$/.exec(href) ?? [];
  if (id !== scanId || digits === undefined) {
    throw new ProtocolError(`The answer to ${operation} has an upload link that leads to no segment of scan ${scanId}.`, { code: 'unexpected-shape' });
  }
  return Number(digits);
}
