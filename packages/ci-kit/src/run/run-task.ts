import type { CallingRun, VeracodeClient } from '@verapipe/core';

import type { OutputChoice } from '../files/output-folder.js';
import { besideExpiry } from './beside-expiry.js';
import { type Check, checkInput } from './check-input.js';
import { connect, type Connection } from './connect.js';
import { cancelled, describeFailure } from './describe-failure.js';
import { platformNews, withNews } from './platform-news.js';
import { createRunContext, type RunContext } from './run-context.js';
import type { RunInput } from './run-input.js';
import type { FailedTask, TaskResult } from './task-result.js';

/** What a task needs besides the run: where its data goes, and how wide it may be. @public */
export interface TaskInput extends RunInput {
  /** Writes data for people or programs; resolves when it has been handed over. */
  readonly print: (text: string) => Promise<void>;
  /** The descriptor behind {@link print}. @defaultValue none: then a secret that is printed is neither proven to arrive nor flushed */
  readonly printFd?: number;
  /** Columns of tables. */
  readonly width: number;
  /** Whether a descriptor of this process is a terminal. @defaultValue as the system says */
  readonly isTerminal?: (fd: number) => boolean;
}

/** What a task may do otherwise. */
export interface TaskOptions {
  /** False where the end of the credentials is the subject, or is about to change. @defaultValue true */
  readonly tellsExpiry?: boolean;
  /** False where the status page is a part of the answer already. @defaultValue true */
  readonly tellsNews?: boolean;
  /** Whose files an output folder holds. @defaultValue those of a platform scan */
  readonly scan?: OutputChoice['scan'];
}

/** The work of a task. @returns false when it was done and the answer is no: exit code 1 */
export type TaskWork = (calling: CallingRun) => Promise<boolean>;

/**
 * The one sequence of every command that asks or changes the platform and scans nothing: options, credentials,
 * validation of everything at once, client, work. Never throws; sets nothing of the process.
 */
export async function runTask(input: TaskInput, check: Check<TaskWork>, { tellsExpiry = true, tellsNews = true, scan }: TaskOptions = {}): Promise<TaskResult> {
  const run = createRunContext(input, scan);
  let client: VeracodeClient | null = null;
  let connection: Connection | null = null;
  try {
    connection = await connect(run);
    ({ client } = connection);
    const checked = await checkInput(run, connection, check);
    if ('skipped' in checked) return { kind: 'failed', exitCode: 8, failure: describeFailure(checked.skipped, run.redact).failure };
    checked.announce();
    const { client: connected, work } = checked;
    const { deadline } = run;
    const call = { deadline, ...(input.signal === undefined ? {} : { signal: input.signal }) };
    const act = (): Promise<boolean> => work({ client: connected, deadline, call });
    const isYes = await (tellsExpiry ? besideExpiry(run, { client: connected, choice: connection.choice }, act) : act());
    return { kind: 'done', exitCode: isYes ? 0 : 1 };
  } catch (error) {
    return withNews(failedTask(run, error), tellsNews ? await platformNews(run, connection, error) : null);
  } finally {
    await client?.close();
  }
}

/** What a task's error comes to; whatever fails after the signal fails because of it. */
export function failedTask(run: RunContext, error: unknown): FailedTask {
  const { signal } = run.input;
  return { kind: 'failed', ...describeFailure(signal?.aborted === true ? cancelled(signal.reason) : error, run.redact) };
}
