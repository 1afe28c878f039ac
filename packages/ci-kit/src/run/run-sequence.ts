import type { VeracodeClient } from '@verapipe/core';

import { jobTimeLimitMinutes, warnOfJobTimeLimit } from '../ci-context/job-time-limit.js';
import { type OutputChoice, prepareOutput } from '../files/output-folder.js';
import { besideExpiry } from './beside-expiry.js';
import { type Check, checkInput } from './check-input.js';
import { connect, type Connection } from './connect.js';
import { endSkipped, endWithError } from './end-run.js';
import { earlierOf, type JudgedContext, judgedBy, judgingOf, unjudgedContext } from './judged-context.js';
import { keepInputs } from './keep-inputs.js';
import { platformNews } from './platform-news.js';
import { createRunContext } from './run-context.js';
import type { RunInput } from './run-input.js';
import type { ToleratedRun, UnjudgedRun } from './run-result.js';

/** What is special about a command that ends in a judgement. */
export interface Sequence<W, O, R> {
  readonly scan: OutputChoice['scan'];
  readonly check: Check<W>;
  /** Does what was checked. */
  readonly work: (run: JudgedContext, client: VeracodeClient, work: W) => Promise<O>;
  /** Judges what came of it, and writes it down. */
  readonly end: (run: JudgedContext, outcome: O, client: VeracodeClient) => Promise<R>;
}

/**
 * The one sequence of every command that scans: options, credentials, validation of everything at once, output folder,
 * client, work, gates, result files, exit code. Never throws; sets nothing of the process.
 */
export async function runSequence<W, O, R>(input: RunInput, { scan, check, work, end }: Sequence<W, O, R>): Promise<R | ToleratedRun | UnjudgedRun> {
  const context = createRunContext(input, scan);
  const inputs = await keepInputs(context);
  let run = unjudgedContext(context, inputs);
  let client: VeracodeClient | null = null;
  let connection: Connection | null = null;
  try {
    connection = await connect(run);
    ({ client } = connection);
    const { judging, issues } = await judgingOf(run);
    const earlier = await earlierOf(run);
    run = { ...judgedBy(run, judging), earlier: earlier.files };
    const checked = await checkInput(run, connection, async (...given) => {
      const found = await check(...given);
      return { ...found, issues: [...issues, ...inputs.issues, ...earlier.issues, ...found.issues] };
    });
    if ('skipped' in checked) return await endSkipped(run, checked.skipped);
    await prepareOutput(run.files);
    checked.announce();
    const late = warnOfJobTimeLimit(jobTimeLimitMinutes(run.ci, input.env), run.options.timeout);
    if (late !== null) run.emit({ type: 'warning', message: late });
    const { client: connected, work: checkedWork } = checked;
    const judged = run;
    const outcome = await besideExpiry(run, { client: connected, choice: connection.choice }, () => work(judged, connected, checkedWork));
    return await end(run, outcome, connected);
  } catch (error) {
    return await endWithError(run, { client, error, news: await platformNews(run, connection, error) });
  } finally {
    await client?.close();
  }
}
