import { putPipelineSegment, type SentSegment } from '../api/rest/pipeline-scans.js';
import type { PipelineScan, PipelineSegmentReceipt } from '../codecs/pipeline-scan.js';
import { ProtocolError, ScanFailedError } from '../kernel/errors.js';
import type { ByteRange } from '../transport/file-body.js';
import { changeOnce } from './change-once.js';
import { findOwnPipelineScan } from './own-pipeline-scan.js';
import type { PipelineRun } from './pipeline-run.js';

/**
 * Sends the whole file in the segments that the platform asked for, one after the other, each exactly once. After a lost
 * answer the scan tells how many have arrived.
 *
 * @throws ScanFailedError `pipeline-scan-ended` when somebody ended the scan meanwhile; ProtocolError `segment-damaged`
 */
export async function uploadSegments(run: PipelineRun, scan: PipelineScan): Promise<void> {
  const { artifact } = run.request;
  const ranges = rangesOf(artifact.sizeBytes, scan);
  expectNext(scan, scan.nextSegment, 0);
  for (const [index, range] of ranges.entries()) {
    const next = await sendSegment(run, scan, { index, range, count: ranges.length });
    if (next !== null) expectNext(scan, next, index + 1);
  }
}

interface Segment {
  readonly index: number;
  readonly range: ByteRange;
  readonly count: number;
}

/** @returns the segment that the platform wants next; null when it does not say */
async function sendSegment(run: PipelineRun, { scanId }: PipelineScan, { index, range, count }: Segment): Promise<number | null> {
  const { artifact } = run.request;
  const onBytes = (sentBytes: number): void =>
    run.emit({ type: 'upload', file: artifact.name, sentBytes: range.start + sentBytes, sizeBytes: artifact.sizeBytes, index: index + 1, count });
  const sent = await changeOnce<SentSegment | PipelineScan>(run, {
    act: (call) => putPipelineSegment(run.client, { scanId, index, artifact, range, onBytes }, call),
    async readBack(call) {
      const scan = await findOwnPipelineScan(run, scanId, call);
      if (scan === undefined) return undefined;
      if (scan.status !== 'uploading' && scan.status !== 'pending') throw ended(scan);
      return scan.segmentsUploaded > index ? scan : undefined;
    },
    repeat: 'refused',
  });
  // A segment whose receipt was lost is judged with the whole file: the platform compares its hash at the start.
  if ('scanId' in sent) return sent.nextSegment;
  const { receipt, sha256 } = sent;
  if (receipt.sizeBytes !== range.end - range.start || receipt.sha256 !== sha256) throw damaged(index, receipt);
  return receipt.nextSegment;
}

/** All segments are alike, the last one has the rest. */
function rangesOf(sizeBytes: number, { segmentsExpected }: PipelineScan): readonly ByteRange[] {
  const segmentBytes = Math.ceil(sizeBytes / Math.max(1, segmentsExpected));
  const ranges = Array.from({ length: Math.ceil(sizeBytes / segmentBytes) }, (_, index) => ({
    start: index * segmentBytes,
    end: Math.min(sizeBytes, (index + 1) * segmentBytes),
  }));
  if (segmentsExpected >= 1 && ranges.length === segmentsExpected) return ranges;
  throw new ProtocolError(`The platform wants ${sizeBytes} bytes in ${segmentsExpected} segments, which cannot be.`, { code: 'unexpected-shape' });
}

/** Segments are numbered from 0 in the order of the file; a platform that wants them otherwise is not understood. */
function expectNext({ scanId }: PipelineScan, next: number | null, wanted: number): void {
  if (next === null || next === wanted) return;
  throw new ProtocolError(`The platform asks for segment ${next} of scan ${scanId} where ${wanted} is the next.`, { code: 'unexpected-shape' });
}

function ended({ scanId, statusText }: PipelineScan): ScanFailedError {
  return new ScanFailedError(`Pipeline scan ${scanId} was ended while its file was uploaded: it is at "${statusText}".`, {
    code: 'pipeline-scan-ended',
    advice: 'Run again.',
  });
}

function damaged(index: number, { sizeBytes, sha256 }: PipelineSegmentReceipt): ProtocolError {
  return new ProtocolError(`Segment ${index} did not arrive as it was sent: the platform has ${sizeBytes} bytes with the hash ${sha256.slice(0, 64)}.`, {
    code: 'segment-damaged',
    advice: 'Something between here and the platform changes uploads. Check any proxy in between.',
  });
}
