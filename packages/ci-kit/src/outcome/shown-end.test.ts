import { describe, expect, it } from '@jest/globals';

import type { FileJudgement } from '../judging/file-judgement.js';
import type { UnjudgedRun } from '../run/run-result.js';
import type { FailedTask } from '../run/task-result.js';
import { endOfRun, endOfTask, endWithoutOutputs, type ShownEnd } from './shown-end.js';

function failed(exitCode: FailedTask['exitCode']): FailedTask {
  return { kind: 'failed', exitCode, failure: { code: 'x', message: 'What happened.\nMore.', advice: null, issues: [], tried: null, stack: null } };
}

function judged(verdict: FileJudgement['verdict']): FileJudgement {
  return { verdict, reportOnly: false, scanId: null, counts: { total: 0 } as FileJudgement['counts'] };
}

describe('the end of a command that failed', () => {
  it.each<[exitCode: FailedTask['exitCode'], onTimeout: 'fail' | 'warn', state: ShownEnd['state']]>([
    [2, 'warn', 'failed'],
    [3, 'warn', 'failed'],
    [4, 'fail', 'failed'],
    [5, 'fail', 'failed'],
    [6, 'fail', 'failed'],
    [7, 'fail', 'failed'],
    [7, 'warn', 'doubtful'],
    [8, 'fail', 'doubtful'],
    [9, 'warn', 'failed'],
    [70, 'warn', 'failed'],
    [130, 'fail', 'cancelled'],
  ])('with %p, in time or %p, is %p', (exitCode, onTimeout, state) => {
    const end = endOfTask(failed(exitCode), null, onTimeout);
    expect(end).toMatchObject({ state, message: expect.stringMatching(new RegExp(`^What happened\\.; More\\. \\(Code ${String(exitCode)}: .+\\.\\)$`, 'u')) });
    expect(endOfRun({ ...failed(exitCode), kind: 'unjudged' } as unknown as UnjudgedRun, onTimeout)).toEqual(end);
  });
});

describe('the end of a command that is done', () => {
  it.each<[name: string, exitCode: 0 | 1, judgement: FileJudgement | null, state: ShownEnd['state']]>([
    ['a gate that passed', 0, judged('pass'), 'succeeded'],
    ['a gate that warns', 0, judged('warn'), 'doubtful'],
    ['a failed gate that fails nobody', 0, judged('fail'), 'doubtful'],
    ['a failed gate', 1, judged('fail'), 'failed'],
    ['a report', 0, null, 'succeeded'],
    ['a preflight that said no', 1, null, 'failed'],
  ])('%s', (_name, exitCode, judgement, state) => {
    expect(endOfTask({ kind: 'done', exitCode }, judgement, 'fail').state).toBe(state);
  });
});

describe('an outcome that could not be handed over', () => {
  it.each<[before: ShownEnd['state'], after: ShownEnd['state']]>([
    ['succeeded', 'failed'],
    ['doubtful', 'failed'],
    ['failed', 'failed'],
    ['cancelled', 'cancelled'],
  ])('of a task that %s is %s', (before, after) => {
    const end = endWithoutOutputs({ state: before, message: 'PASS.' }, { state: 'failed', message: 'No room.' });
    expect(end.state).toBe(after);
    expect(end.message).toContain('PASS.');
  });
});
