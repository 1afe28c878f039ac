import { describe, expect, it } from '@jest/globals';
import type { FailedTask, FileJudgement, UnjudgedRun } from '@verapipe/ci-kit';

import { endOfRun, endOfTask, endWithoutOutputs, type TaskEnd } from './task-end.js';

function failed(exitCode: FailedTask['exitCode']): FailedTask {
  return { kind: 'failed', exitCode, failure: { code: 'x', message: 'What happened.\nMore.', advice: null, issues: [], tried: null, stack: null } };
}

function judged(verdict: FileJudgement['verdict']): FileJudgement {
  return { verdict, reportOnly: false, scanId: null, counts: { total: 0 } as FileJudgement['counts'] };
}

describe('the end of a task that failed', () => {
  it.each<[exitCode: FailedTask['exitCode'], onTimeout: 'fail' | 'warn', result: TaskEnd['result']]>([
    [2, 'warn', 'Failed'],
    [3, 'warn', 'Failed'],
    [4, 'fail', 'Failed'],
    [5, 'fail', 'Failed'],
    [6, 'fail', 'Failed'],
    [7, 'fail', 'Failed'],
    [7, 'warn', 'SucceededWithIssues'],
    [8, 'fail', 'SucceededWithIssues'],
    [9, 'warn', 'Failed'],
    [70, 'warn', 'Failed'],
    [130, 'fail', 'Cancelled'],
  ])('with %p, in time or %p, is %p', (exitCode, onTimeout, result) => {
    const end = endOfTask(failed(exitCode), null, onTimeout);
    expect(end).toMatchObject({ result, message: expect.stringMatching(new RegExp(`^What happened\\.; More\\. \\(Code ${String(exitCode)}: .+\\.\\)$`, 'u')) });
    expect(endOfRun({ ...failed(exitCode), kind: 'unjudged' } as unknown as UnjudgedRun, onTimeout)).toEqual(end);
  });
});

describe('the end of a task that is done', () => {
  it.each<[name: string, exitCode: 0 | 1, judgement: FileJudgement | null, result: TaskEnd['result']]>([
    ['a gate that passed', 0, judged('pass'), 'Succeeded'],
    ['a gate that warns', 0, judged('warn'), 'SucceededWithIssues'],
    ['a failed gate that fails nobody', 0, judged('fail'), 'SucceededWithIssues'],
    ['a failed gate', 1, judged('fail'), 'Failed'],
    ['a report', 0, null, 'Succeeded'],
    ['a preflight that said no', 1, null, 'Failed'],
  ])('%s', (_name, exitCode, judgement, result) => {
    expect(endOfTask({ kind: 'done', exitCode }, judgement, 'fail').result).toBe(result);
  });
});

describe('an outcome that could not be handed over', () => {
  it.each<[before: TaskEnd['result'], after: TaskEnd['result']]>([
    ['Succeeded', 'Failed'],
    ['SucceededWithIssues', 'Failed'],
    ['Failed', 'Failed'],
    ['Cancelled', 'Cancelled'],
  ])('of a task that %s is %s', (before, after) => {
    const end = endWithoutOutputs({ result: before, message: 'PASS.' }, { result: 'Failed', message: 'No room.' });
    expect(end.result).toBe(after);
    expect(end.message).toContain('PASS.');
  });
});
