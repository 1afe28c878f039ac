import { renderResult, type CommandName, type PipelineRunResult, type RunInput, type RunResult, type TaskInput, type TaskResult } from '@verapipe/ci-kit';
import { renderSummaryJson } from '@verapipe/reports';

import type { CliInput } from '../cli-input.js';
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
  sink.write(renderResult(result, { width: sink.width, paint: paintFor(sink), spelling: commandLineSpelling(name) }));
  if (json) stdout.write(renderSummaryJson(result.results));
  return result.exitCode;
}
