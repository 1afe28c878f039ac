import { EXIT_CODES, type ExitCode, type FileJudgement, type PipelineRunResult, type RunFailure, type RunResult, type TaskResult } from '@verapipe/ci-kit';
import { renderVerdictSentence, VERDICT_WORDS } from '@verapipe/reports';

/** What Azure shows of a task: its colour, and a sentence. */
export interface TaskEnd {
  readonly result: 'Succeeded' | 'SucceededWithIssues' | 'Failed' | 'Cancelled';
  readonly message: string;
}

/** The end of a task that scanned. Pure. */
export function endOfRun(result: RunResult | PipelineRunResult, onTimeout: 'fail' | 'warn'): TaskEnd {
  const { results } = result;
  switch (result.kind) {
    case 'judged':
    case 'judged-pipeline':
      return { result: resultOfVerdict(result.verdict.verdict, result.exitCode), message: renderVerdictSentence(results) };
    case 'submitted':
      return { result: 'Succeeded', message: renderVerdictSentence(results) };
    case 'tolerated':
      return { result: 'SucceededWithIssues', message: `Outage tolerated until ${result.outage.toleratedUntil}, nothing was judged: ${result.failure.message}` };
    case 'unjudged':
      return endOfFailure(result, onTimeout);
  }
}

/** The end of a task that scans nothing; `judgement` is that of a gate. Pure. */
export function endOfTask(result: TaskResult, judgement: FileJudgement | null, onTimeout: 'fail' | 'warn'): TaskEnd {
  switch (result.kind) {
    case 'failed':
      return endOfFailure(result, onTimeout);
    case 'done':
      if (judgement !== null) return { result: resultOfVerdict(judgement.verdict, result.exitCode), message: `${VERDICT_WORDS[judgement.verdict]}: the gates, judged again over a file of findings.` };
      return result.exitCode === 0 ? { result: 'Succeeded', message: 'Done.' } : { result: 'Failed', message: `Checks said no; the log names them. ${sentenceOf(1)}` };
    case 'drilled':
      return { result: 'Failed', message: sentenceOf(result.exitCode) };
  }
}

/** The end of a task whose outcome could not be handed to Azure: what was no success stays what it was. Pure. */
export function endWithoutOutputs(end: TaskEnd, failure: TaskEnd): TaskEnd {
  return end.result === 'Failed' || end.result === 'Cancelled' ? end : { result: 'Failed', message: `${end.message} This could not be handed to Azure: ${failure.message}` };
}

/** A failed gate that fails nobody, and a conditional pass that warns, are seen: no plain green. */
function resultOfVerdict(verdict: FileJudgement['verdict'], exitCode: 0 | 1): TaskEnd['result'] {
  if (exitCode === 1) return 'Failed';
  return verdict === 'pass' ? 'Succeeded' : 'SucceededWithIssues';
}

function endOfFailure({ exitCode, failure }: { readonly exitCode: ExitCode; readonly failure: RunFailure }, onTimeout: 'fail' | 'warn'): TaskEnd {
  return { result: resultOfFailure(exitCode, onTimeout), message: `${failure.message.replaceAll('\n', '; ')} ${sentenceOf(exitCode)}` };
}

function resultOfFailure(exitCode: ExitCode, onTimeout: 'fail' | 'warn'): TaskEnd['result'] {
  if (exitCode === 130) return 'Cancelled';
  if (exitCode === 8 || (exitCode === 7 && onTimeout === 'warn')) return 'SucceededWithIssues';
  return 'Failed';
}

function sentenceOf(exitCode: ExitCode): string {
  return `(Code ${String(exitCode)}: ${EXIT_CODES[exitCode]}.)`;
}
