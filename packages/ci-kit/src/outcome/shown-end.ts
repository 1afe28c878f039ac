import { renderVerdictSentence, VERDICT_WORDS } from '@verapipe/reports';

import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import type { FileJudgement } from '../judging/file-judgement.js';
import type { PipelineRunResult, RunFailure, RunResult } from '../run/run-result.js';
import type { TaskResult } from '../run/task-result.js';

/** What a CI system that knows more than two ends shows of a command: its colour, and a sentence. @public */
export interface ShownEnd {
  /** `doubtful`: nothing failed, and it is no plain success either. */
  readonly state: 'succeeded' | 'doubtful' | 'failed' | 'cancelled';
  readonly message: string;
}

/** What becomes of a scan that is not finished in time. It is no pass in either case. @public */
export type OnTimeout = 'fail' | 'warn';

/** The end of a command that scanned. Pure. @public */
export function endOfRun(result: RunResult | PipelineRunResult, onTimeout: OnTimeout): ShownEnd {
  const { results } = result;
  switch (result.kind) {
    case 'judged':
    case 'judged-pipeline':
      return { state: stateOfVerdict(result.verdict.verdict, result.exitCode), message: renderVerdictSentence(results) };
    case 'submitted':
      return { state: 'succeeded', message: renderVerdictSentence(results) };
    case 'tolerated':
      return { state: 'doubtful', message: `Outage tolerated until ${result.outage.toleratedUntil}, nothing was judged: ${result.failure.message}` };
    case 'unjudged':
      return endOfFailure(result, onTimeout);
  }
}

/** The end of a command that scans nothing; `judgement` is that of a gate. Pure. @public */
export function endOfTask(result: TaskResult, judgement: FileJudgement | null, onTimeout: OnTimeout): ShownEnd {
  switch (result.kind) {
    case 'failed':
      return endOfFailure(result, onTimeout);
    case 'done':
      if (judgement !== null) return { state: stateOfVerdict(judgement.verdict, result.exitCode), message: `${VERDICT_WORDS[judgement.verdict]}: the gates, judged again over a file of findings.` };
      return result.exitCode === 0 ? { state: 'succeeded', message: 'Done.' } : { state: 'failed', message: `Checks said no; the log names them. ${sentenceOf(1)}` };
    case 'drilled':
      return { state: 'failed', message: sentenceOf(result.exitCode) };
  }
}

/** The end of a command whose outcome could not be handed on: what was no success stays what it was. Pure. @public */
export function endWithoutOutputs(end: ShownEnd, failure: ShownEnd): ShownEnd {
  return end.state === 'failed' || end.state === 'cancelled' ? end : { state: 'failed', message: `${end.message} This could not be handed on: ${failure.message}` };
}

/** A failed gate that fails nobody, and a conditional pass that warns, are seen: no plain green. */
function stateOfVerdict(verdict: FileJudgement['verdict'], exitCode: 0 | 1): ShownEnd['state'] {
  if (exitCode === 1) return 'failed';
  return verdict === 'pass' ? 'succeeded' : 'doubtful';
}

function endOfFailure({ exitCode, failure }: { readonly exitCode: ExitCode; readonly failure: RunFailure }, onTimeout: OnTimeout): ShownEnd {
  return { state: stateOfFailure(exitCode, onTimeout), message: `${failure.message.replaceAll('\n', '; ')} ${sentenceOf(exitCode)}` };
}

function stateOfFailure(exitCode: ExitCode, onTimeout: OnTimeout): ShownEnd['state'] {
  if (exitCode === 130) return 'cancelled';
  if (exitCode === 8 || (exitCode === 7 && onTimeout === 'warn')) return 'doubtful';
  return 'failed';
}

function sentenceOf(exitCode: ExitCode): string {
  return `(Code ${String(exitCode)}: ${EXIT_CODES[exitCode]}.)`;
}
