import type { PipelineScanRecord } from './pipeline-record.js';

/** Values of `scan_status`. */
export type PipelineStatus =
  | 'PENDING'
  | 'UPLOADING'
  | 'STARTED'
  | 'SUCCESS'
  | 'FAILURE'
  | 'CANCELLED'
  | 'TIMEOUT'
  | 'USER_TIMEOUT';

/** No pipeline scan lasts longer. */
const longestScanMs = 60 * 60_000;

/** A state and the moment at which it began. */
interface Moment {
  readonly status: PipelineStatus;
  readonly atMs: number;
}

/** The state of a scan at a moment, and since when. */
export function pipelineStatus(scan: PipelineScanRecord, nowMs: number): Moment {
  const { startedAtMs, cancelledAtMs } = scan;
  const end = startedAtMs === null ? null : endOf(scan, startedAtMs);
  const cancelled = cancelledAtMs !== null && cancelledAtMs < (end?.atMs ?? Infinity);
  if (cancelled) {
    return { status: 'CANCELLED', atMs: cancelledAtMs };
  }
  if (startedAtMs === null || end === null) {
    const waits = scan.segments.length === 0 && nowMs < scan.createdAtMs + scan.behaviour.pendingSeconds * 1000;
    return { status: waits ? 'PENDING' : 'UPLOADING', atMs: scan.createdAtMs };
  }
  return nowMs < end.atMs ? { status: 'STARTED', atMs: startedAtMs } : end;
}

/** Are the findings there to be read? */
export function hasFindings(scan: PipelineScanRecord, nowMs: number): boolean {
  const { status, atMs } = pipelineStatus(scan, nowMs);
  return status === 'SUCCESS' && nowMs >= atMs + scan.behaviour.findingsSeconds * 1000;
}

export function isOver(status: PipelineStatus): boolean {
  return status !== 'PENDING' && status !== 'UPLOADING' && status !== 'STARTED';
}

/** Whatever comes first: the end of the work, the caller's limit or the platform's. */
function endOf({ behaviour, request }: PipelineScanRecord, startedAtMs: number): Moment {
  const minutes = request.scanTimeoutMinutes ?? 0;
  const ends: readonly Moment[] = [
    { status: endStatus[behaviour.outcome], atMs: startedAtMs + (behaviour.outcome === 'never-ends' ? Infinity : behaviour.scanSeconds * 1000) },
    { status: 'USER_TIMEOUT', atMs: startedAtMs + (minutes === 0 ? Infinity : minutes * 60_000) },
    { status: 'TIMEOUT', atMs: startedAtMs + longestScanMs },
  ];
  return ends.reduce((first, other) => (other.atMs < first.atMs ? other : first));
}

const endStatus = { success: 'SUCCESS', failure: 'FAILURE', cancelled: 'CANCELLED', 'never-ends': 'TIMEOUT' } as const;
