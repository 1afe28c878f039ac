import { renderFailure, type CommandName, type TaskInput, type TaskResult } from '@verapipe/ci-kit';

import type { CliInput } from '../cli-input.js';
import { handOver } from '../output/hand-over.js';
import { commandLineSpelling } from '../output/option-of-path.js';
import { startCommand, type StartedCommand } from './start-command.js';

/** One command that scans nothing: its name, and the task of `ci-kit` behind it. */
export interface TaskCommand {
  readonly kind: 'task';
  readonly name: CommandName;
  readonly run: (input: TaskInput) => Promise<TaskResult>;
}

/**
 * Reads the arguments, does the task, prints: progress and failures on stderr, data on stdout as it comes.
 *
 * @returns the exit code
 */
export async function runTaskCommand(command: TaskCommand, args: readonly string[], cli: CliInput): Promise<number> {
  const started = startCommand(command.name, args, cli);
  return started === null ? 0 : runTask(command, started, cli);
}

/**
 * Does the task of a command whose arguments are read.
 *
 * @returns the exit code
 */
export async function runTask({ name, run }: Omit<TaskCommand, 'kind'>, { input, progress, paintFor }: StartedCommand, { stdout, stderr }: CliInput): Promise<number> {
  const result = await run({ ...input, width: stdout.width, print: (text) => handOver(stdout, text), ...(stdout.fd === null ? {} : { printFd: stdout.fd }) });
  progress.stop();
  if (result.kind === 'failed') {
    stderr.write(renderFailure(result, { paint: paintFor(stderr), spelling: commandLineSpelling(name) }));
  }
  return result.exitCode;
}
