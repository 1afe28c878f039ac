import { type CallOptions, type DataPathRequest, type Finding, type FindingDataPath, isVeracodeError, readDataPaths, type VeracodeClient, type VeracodeError } from '@verapipe/core';
import type { DataPathFacts } from '@verapipe/reports';

import type { RunContext } from '../run/run-context.js';
import { violatingIds } from './violating-findings.js';

/** Data paths by the id of their finding, and what is written down about them. */
export interface AskedDataPaths {
  readonly paths: ReadonlyMap<string, readonly FindingDataPath[]>;
  /** Null where nobody asked. */
  readonly facts: DataPathFacts | null;
}

/** Nobody asked. */
export const NO_DATA_PATHS: AskedDataPaths = { paths: new Map(), facts: null };

/** Whose data paths may be asked for. */
export interface DataPathQuestion {
  readonly findings: AsyncIterable<Finding> | Iterable<Finding>;
  /** Finds where the findings are; only called when there are some to ask about. */
  readonly locate: (call: CallOptions) => Promise<Omit<DataPathRequest, 'findingIds'>>;
  /** The build that the findings are of; null where nobody knows. */
  readonly buildId: string | null;
}

/** What the REST API says to accounts that may only submit. */
const CLOSED: readonly string[] = ['AuthorizationError', 'AuthenticationError'];

/**
 * Reads the data paths that `--data-paths` asks for, and says before how many calls that takes. A verdict does not depend
 * on them: what cannot be read is a warning and stands in the results, and the findings stand without it.
 *
 * @throws AbortedError; what reading the findings throws
 */
export async function askDataPaths(run: RunContext, client: VeracodeClient, question: DataPathQuestion): Promise<AskedDataPaths> {
  if (run.options.dataPaths === 'none') return NO_DATA_PATHS;
  const findingIds = await violatingIds(question.findings);
  if (findingIds.length === 0) return { paths: new Map(), facts: { findings: 0, read: 0, missing: 0, reason: null } };
  run.emit({ type: 'notice', message: `Reading the data paths of ${countOf(findingIds.length)}, one call each.` });
  const { signal } = run.input;
  const call = { deadline: run.deadline, ...(signal === undefined ? {} : { signal }) };
  try {
    const place = await question.locate(call);
    const { paths, failure, buildIds } = await readDataPaths(client, { ...place, findingIds }, call);
    warnOfOtherBuild(run, question.buildId, buildIds);
    return { paths, facts: factsOf(run, findingIds.length, paths.size, failure === null ? null : reasonOf(failure)) };
  } catch (error) {
    if (!isVeracodeError(error) || error.name === 'AbortedError') throw error;
    return { paths: new Map(), facts: factsOf(run, findingIds.length, 0, reasonOf(error)) };
  }
}

function factsOf(run: RunContext, findings: number, read: number, why: string | null): DataPathFacts {
  const missing = findings - read;
  const reason = why === null ? null : run.redact(why);
  if (missing > 0) run.emit({ type: 'warning', message: `The data paths of ${missing} of ${countOf(findings)} could not be read; the findings stand without them. ${reason ?? ''}` });
  return { findings, read, missing, reason };
}

function reasonOf(error: VeracodeError): string {
  if (!CLOSED.includes(error.name)) return error.message;
  return `${error.message} The account needs a role that may read application profiles and results over REST; one that may only submit has no access to data paths.`;
}

/** The platform tells data paths of the newest published scan only, which may be a newer one. */
function warnOfOtherBuild(run: RunContext, buildId: string | null, buildIds: readonly string[]): void {
  const others = buildIds.filter((id) => id !== buildId);
  if (buildId === null || others.length === 0) return;
  run.emit({ type: 'warning', message: `Data paths are those of build ${others.join(', ')}, and the findings those of build ${buildId}: lines may differ.` });
}

function countOf(findings: number): string {
  return findings === 1 ? '1 finding' : `${findings} findings`;
}
