import { readOptions, type CommandName, type RunInput, type RunResult } from '@verapipe/ci-kit';
import { systemClock } from '@verapipe/core';
import { renderSummaryJson } from '@verapipe/reports';

import type { CliInput } from '../cli-input.js';
import { createDebugLog } from '../output/debug-log.js';
import { createPaint } from '../output/paint.js';
import { createProgressBar } from '../output/progress-bar.js';
import { createProgressLines } from '../output/progress-lines.js';
import { renderCommandHelp } from '../output/render-help.js';
import { renderResult } from '../output/render-result.js';
import { parseArguments } from '../parse-arguments.js';

/** One command: its name, and the run of `ci-kit` behind it. */
export interface Command {
  readonly name: CommandName;
  readonly run: (input: RunInput) => Promise<RunResult>;
}

/**
 * Reads the arguments, runs the command, prints: progress on stderr, the outcome on stdout; with `--json` the outcome
 * goes to stderr and stdout carries one object; a run without judgement speaks on stderr only.
 *
 * @returns the exit code
 */
export async function runCommand({ name, run }: Command, args: readonly string[], cli: CliInput): Promise<number> {
  const { env, stdout, stderr, clock = systemClock } = cli;
  const parsed = parseArguments(name, args);
  if (parsed.help) {
    stdout.write(renderCommandHelp(name, stdout.width));
    return 0;
  }
  const read = readOptions(name, parsed.settings, env);
  const options = { ...read, issues: [...parsed.issues, ...read.issues] };
  const { json, quiet, debug, color } = options.values;

  const paint = createPaint({ isTerminal: stderr.isTerminal, color, env });
  const createProgress = stderr.isTerminal && !debug ? createProgressBar : createProgressLines;
  const progress = createProgress(stderr, { clock, paint });
  cli.signal.addEventListener('abort', () => progress.say('Stopping; a second signal ends at once'), { once: true });

  const result = await run({
    options,
    env,
    cwd: cli.cwd,
    homeDir: cli.homeDir,
    platform: cli.platform,
    signal: cli.signal,
    clock,
    onEvent(event) {
      if (!quiet || isImportant(event.type)) progress.onEvent(event);
    },
    ...(debug ? { logger: createDebugLog((line) => progress.say(line), paint) } : {}),
    ...(cli.httpClient === undefined ? {} : { httpClient: cli.httpClient }),
  });
  progress.stop();

  const sink = json || result.kind === 'unjudged' ? stderr : stdout;
  const look = { width: sink.width, paint: createPaint({ isTerminal: sink.isTerminal, color, env }), command: name };
  sink.write(renderResult(result, look));
  if (json) stdout.write(renderSummaryJson(result.results));
  return result.exitCode;
}

/** What is said in spite of `--quiet`. */
function isImportant(type: string): boolean {
  return type === 'warning' || type === 'expiry';
}
