import { readOptions, warnOfGivenSecrets, type CommandName, type Paint, type RunInput } from '@verapipe/ci-kit';
import { systemClock } from '@verapipe/core';

import type { CliInput } from '../cli-input.js';
import { createDebugLog } from '../output/debug-log.js';
import { createPaint } from '../output/paint.js';
import { createProgressBar } from '../output/progress-bar.js';
import { createProgressLines } from '../output/progress-lines.js';
import type { Progress } from '../output/progress.js';
import { renderCommandHelp } from '../output/render-help.js';
import type { Sink } from '../output/terminal.js';
import { parseArguments } from '../parse-arguments.js';

/** A command whose arguments are read: what its run takes, and how it shows itself. */
export interface StartedCommand {
  readonly input: RunInput;
  readonly progress: Progress;
  /** Colours for a sink, as the options and the environment want them. */
  readonly paintFor: (sink: Sink) => Paint;
}

/** Reads the arguments of a command; null when it only was to print its help, which is done then. */
export function startCommand(name: CommandName, args: readonly string[], cli: CliInput): StartedCommand | null {
  const { env, stdout, stderr, clock = systemClock } = cli;
  const parsed = parseArguments(name, args);
  if (parsed.help) {
    stdout.write(renderCommandHelp(name, stdout.width));
    return null;
  }
  const read = readOptions(name, parsed.settings, env);
  const options = { ...read, issues: [...parsed.issues, ...read.issues] };
  const { quiet, debug, color } = options.values;

  const paintFor = ({ isTerminal }: Sink): Paint => createPaint({ isTerminal, color, env });
  const paint = paintFor(stderr);
  const createProgress = stderr.isTerminal && !debug ? createProgressBar : createProgressLines;
  const progress = createProgress(stderr, { clock, paint });
  const warning = warnOfGivenSecrets(args, parsed.settings, env);
  if (warning !== null) progress.onEvent({ type: 'warning', message: warning });
  cli.signal.addEventListener('abort', () => progress.say('Stopping; a second signal ends at once'), { once: true });
  return {
    paintFor,
    progress,
    input: {
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
    },
  };
}

/** What is said in spite of `--quiet`. */
function isImportant(type: string): boolean {
  return type === 'warning' || type === 'expiry';
}
