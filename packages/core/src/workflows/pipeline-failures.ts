import type { PipelineScan } from '../codecs/pipeline-scan.js';
import { DeadlineError, ScanFailedError, type VeracodeError } from '../kernel/errors.js';

/** Whether a scan is over. A word that we do not know counts as still running: time ends that wait. */
export function isOver({ status }: PipelineScan): boolean {
  return status !== 'pending' && status !== 'uploading' && status !== 'started' && status !== 'unknown';
}

/** The error for a scan that ended without results. */
export function pipelineScanFailed({ scanId, status, statusText, message }: PipelineScan): VeracodeError {
  const said = message === null ? '' : `: ${message}`;
  const sentence = `The platform ended pipeline scan ${scanId} with "${statusText}"${said}.`;
  switch (status) {
    case 'timeout':
      return new DeadlineError(sentence, {
        code: 'pipeline-scan-timeout',
        advice: 'No pipeline scan lasts longer than an hour: scan fewer modules (--include), or upload the application for a policy scan.',
      });
    case 'user-timeout':
      return new DeadlineError(sentence, { code: 'pipeline-scan-user-timeout', advice: 'Allow more time (--timeout), at most 60 minutes.' });
    case 'cancelled':
      return new ScanFailedError(sentence, { code: 'pipeline-scan-cancelled', advice: 'Somebody stopped it; ask who, then scan again.' });
    case 'failure':
    case 'success':
    case 'pending':
    case 'uploading':
    case 'started':
    case 'unknown':
      return new ScanFailedError(sentence, {
        code: 'pipeline-scan-failed',
        advice: 'Check that the file is packed as the platform wants it; if it fails again, open a case with the vendor.',
      });
  }
}

/** The error for a scan that outlasts our patience. */
export function pipelineScanNotFinished(scanId: string, last: PipelineScan | undefined): DeadlineError {
  const state = last === undefined ? 'no status could be read' : `it is at "${last.statusText}"`;
  return new DeadlineError(`Pipeline scan ${scanId} did not end in time; ${state}.`, {
    code: 'pipeline-scan-not-finished',
    advice: 'Allow more time (--timeout), at most 60 minutes, or scan fewer modules (--include).',
  });
}
