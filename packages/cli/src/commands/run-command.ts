import { describeFailure, type DescribedFailure, renderFailure, renderResult, type CommandName, type PipelineRunResult, type RunInput, type RunResult, type TaskInput, type TaskResult } from '@verapipe/ci-kit';
import { isVeracodeError } from '@verapipe/core';
import { renderSummaryJson } from '@verapipe/reports';

import type { CliInput } from '../cli-input.js';
import { handOver } from '../output/hand-over.js';
import { commandLineSpelling } from '../output/option-of-path.js';
import { startCommand } from './start-command.js';
import { runTask } from './task-command.js';

/** One command that scans or goes on with a scan: its name, and the run of `ci-kit` behind it. */
export interface RunCommand {
  readonly kind: 'run';
  readonly name: CommandName;
  readonly run: (input: RunInput) => Promise<RunResult | PipelineRunResult>;
  /** Says what the run would do. */
  readonly plan: (input: TaskInput) => Promise<TaskResult>;
}

/**
 * Reads the arguments, runs the command, prints: progress on stderr, the outcome on stdout; with `--json` the outcome
 * goes to stderr and stdout carries one object; a run without judgement speaks on stderr only.
 *
 * @returns the exit code
 */
export async function runCommand({ name, run, plan }: RunCommand, args: readonly string[], cli: CliInput): Promise<number> {
  const started = startCommand(name, args, cli);
  if (started === null) return 0;
  const { input, progress, paintFor } = started;
  if (input.options.values.plan) return runTask({ name, run: plan }, started, cli);
  const result = await run(input);
  progress.stop();

  const { json } = input.options.values;
  const { stdout, stderr } = cli;
  const isWithoutVerdict = result.kind === 'unjudged' || result.kind === 'tolerated';
  const sink = json || isWithoutVerdict ? stderr : stdout;
  const outcome = renderResult(result, { width: sink.width, paint: paintFor(sink), spelling: commandLineSpelling(name) });
  if (sink === stderr) stderr.write(outcome);
  const data = [sink === stdout ? outcome : '', json ? renderSummaryJson(result.results) : ''].join('');
  const loss = data === '' ? null : await lossOf(() => handOver(stdout, data));
  if (loss === null) return result.exitCode;
  stderr.write(renderFailure(loss, { paint: paintFor(stderr), spelling: commandLineSpelling(name) }));
  // Nothing is green that could not be said; what failed before says more than this.
  return result.exitCode === 0 ? loss.exitCode : result.exitCode;
}

/** What came of saying it; null also when the reader went away on its own account, as `head` does: it had what it wanted. */
async function lossOf(say: () => Promise<void>): Promise<DescribedFailure | null> {
  try {
    await say();
    return null;
  } catch (error) {
    return isVeracodeError(error) && error.code === 'output-closed' ? null : describeFailure(error, (text) => text);
  }
}
