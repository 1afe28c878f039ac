import { basename, relative } from 'node:path';

import {
  createDeadline,
  createRateLimiter,
  silentLogger,
  systemClock,
  systemRandom,
  type Clock,
  type Deadline,
  type Logger,
  type RandomSource,
  type RateLimiter,
  type Redactor,
  type Region,
  type Secret,
} from '@verapipe/core';
import type { LintFacts } from '@verapipe/reports';

import { isInside } from '../artifacts/is-inside.js';
import type { CiContext } from '../ci-context/ci-context.js';
import { readCiContext } from '../ci-context/read-ci-context.js';
import { createRunRedactor } from '../credentials/secrets-of-environment.js';
import { outputFiles, type OutputChoice, type OutputFiles } from '../files/output-folder.js';
import type { OptionValues } from '../options/option-table.js';
import type { RunFacts } from '../results/results-of-run.js';
import { createStateFile } from '../state-file.js';
import type { OnRunEvent } from './run-events.js';
import type { RunInput } from './run-input.js';

/** One run: its input made complete, and what is found out on the way. */
export interface RunContext {
  readonly input: RunInput;
  readonly options: OptionValues;
  readonly ci: CiContext | null;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger: Logger;
  /** Of all clients: the limits are per address, and so is a 429. */
  readonly limiter: RateLimiter;
  /** The end of the whole run. */
  readonly deadline: Deadline;
  readonly files: OutputFiles;
  readonly stateFile: ReturnType<typeof createStateFile>;
  readonly emit: OnRunEvent;
  /** Removes every secret that is known so far. */
  readonly redact: Redactor;
  /** Makes another secret known to `redact`. */
  hide(secret: Secret): void;
  /** Says once what cannot be known before the credentials are. */
  meet(found: { readonly secret: Secret; readonly url: string; readonly region: Region }): void;
  /** Says once what was found in the artifacts. */
  noteLint(facts: LintFacts | null): void;
  /** Facts for the results, as of now. */
  facts(): RunFacts;
}

/** Starts the clock of a run. */
export function createRunContext(input: RunInput, scan: OutputChoice['scan'] = 'platform'): RunContext {
  const { env, cwd, clock = systemClock, random = systemRandom } = input;
  const options = input.options.values;
  const files = outputFiles(cwd, { outputDir: options.outputDir, state: options.state, scan });
  const ci = readCiContext(env);
  const secrets: Secret[] = [];
  let redactor = createRunRedactor(env);
  const redact: Redactor = (text) => redactor(text);
  const hide = (secret: Secret): void => {
    secrets.push(secret);
    redactor = createRunRedactor(env, secrets);
  };
  const emit = redactingEmitter(input.onEvent ?? ((): undefined => undefined), redact);
  let platform: RunFacts['platform'] = null;
  let lint: RunFacts['lint'] = null;
  return {
    input,
    options,
    ci,
    clock,
    random,
    logger: redactingLogger(input.logger ?? silentLogger, redact),
    limiter: createRateLimiter({ clock, rateShare: options.rateShare }),
    deadline: createDeadline(clock, options.timeout * 60_000),
    files,
    stateFile: createStateFile(files.state),
    emit,
    redact,
    hide,
    meet({ secret, url, region }) {
      hide(secret);
      platform = { url, region };
    },
    noteLint(facts) {
      lint = facts;
    },
    facts: () => ({ ci, platform, lint, generatedAt: new Date(clock.now()).toISOString(), shown: (path) => shownPath(path, cwd) }),
  };
}

/** A path inside of the working folder as seen from there, with `/` on every system; any other path as it is. */
export function shownPath(path: string, cwd: string): string {
  return isInside(path, cwd) && path !== cwd ? relative(cwd, path).replaceAll('\\', '/') : path;
}

/** The same for readers on other machines: of a path outside of the working folder the name alone. */
export function pathForReaders(path: string, cwd: string): string {
  return isInside(path, cwd) && path !== cwd ? shownPath(path, cwd) : basename(path);
}

/** A message may hold the words of a server, and a server may have been shown a secret. */
function redactingEmitter(emit: OnRunEvent, redact: Redactor): OnRunEvent {
  return (event) => emit('message' in event ? { ...event, message: redact(event.message) } : event);
}

/** Values are redacted where they are logged; this is the last line of defence. */
function redactingLogger(logger: Logger, redact: Redactor): Logger {
  type Fields = Parameters<Logger['debug']>[1];
  const clean = (fields: Fields): Fields =>
    fields && Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' ? redact(value) : value]));
  return {
    debug: (message, fields) => logger.debug(redact(message), clean(fields)),
    warn: (message, fields) => logger.warn(redact(message), clean(fields)),
  };
}
