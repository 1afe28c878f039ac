import { describe, expect, it } from '@jest/globals';

import type { PipelineScan, PipelineScanStatus } from '../codecs/pipeline-scan.js';
import { isOver, pipelineScanFailed, pipelineScanNotFinished } from './pipeline-failures.js';

function scanAt(status: PipelineScanStatus, statusText: string, message: string | null = null): PipelineScan {
  return { scanId: 'scan-7', status, statusText, message, segmentsExpected: 1, segmentsUploaded: 1, nextSegment: null };
}

describe('a pipeline scan', () => {
  it.each<[status: PipelineScanStatus, over: boolean]>([
    ['pending', false],
    ['uploading', false],
    ['started', false],
    // A word that we do not know is no end.
    ['unknown', false],
    ['success', true],
    ['failure', true],
    ['cancelled', true],
    ['timeout', true],
    ['user-timeout', true],
  ])('at "%s" is over: %s', (status, over) => {
    expect(isOver(scanAt(status, status))).toBe(over);
  });

  it.each<[status: PipelineScanStatus, word: string, wanted: { readonly name: string; readonly code: string }, advice: RegExp]>([
    ['timeout', 'TIMEOUT', { name: 'DeadlineError', code: 'pipeline-scan-timeout' }, /--include.*policy scan/],
    ['user-timeout', 'USER_TIMEOUT', { name: 'DeadlineError', code: 'pipeline-scan-user-timeout' }, /--timeout.*60 minutes/],
    ['cancelled', 'CANCELLED', { name: 'ScanFailedError', code: 'pipeline-scan-cancelled' }, /Somebody stopped it/],
    ['failure', 'FAILURE', { name: 'ScanFailedError', code: 'pipeline-scan-failed' }, /packed as the platform wants it/],
    ['unknown', 'LOST', { name: 'ScanFailedError', code: 'pipeline-scan-failed' }, /open a case/],
  ])("that ended at \"%s\" is told with the platform's word, and what to do", (status, word, wanted, advice) => {
    expect(pipelineScanFailed(scanAt(status, word))).toMatchObject({ ...wanted, message: `The platform ended pipeline scan scan-7 with "${word}".`, advice: expect.stringMatching(advice) });
  });

  it("that failed is told with the platform's reason", () => {
    expect(pipelineScanFailed(scanAt('failure', 'FAILURE', 'no binaries')).message).toBe('The platform ended pipeline scan scan-7 with "FAILURE": no binaries.');
  });

  it.each([
    ['is still at it', scanAt('started', 'STARTED'), 'it is at "STARTED"'],
    ['never answered', undefined, 'no status could be read'],
  ])('that outlasts our patience and %s is told so', (_name, last, state) => {
    expect(pipelineScanNotFinished('scan-7', last)).toMatchObject({
      name: 'DeadlineError',
      code: 'pipeline-scan-not-finished',
      message: `Pipeline scan scan-7 did not end in time; ${state}.`,
      advice: expect.stringMatching(/--timeout.*--include/),
    });
  });
});
