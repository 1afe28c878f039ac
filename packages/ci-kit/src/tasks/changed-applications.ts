import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import {
  callsOfListing,
  changedApplications,
  countApplicationProfiles,
  getSummaryReport,
  isVeracodeError,
  listFindings,
  parseChangeCursor,
  ValidationError,
  type ApplicationProfile,
  type CallingRun,
  type ChangeCursor,
  type Finding,
  type SummaryReport,
  type ValidationIssue,
} from '@verapipe/core';

import { systemCode } from '../files/local-trouble.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import type { RunContext } from '../run/run-context.js';
import { runTask, type TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';
import { countCalls } from './counted-calls.js';

/** One line of output. */
interface ChangedApplication {
  readonly application: ApplicationProfile;
  /** Only when asked for; null where the application has no published scan. */
  readonly findings?: readonly Finding[] | null;
  readonly summary?: SummaryReport | null;
}

/**
 * `verapipe applications changed`: the applications whose policy was evaluated since a time, or since the last run, one
 * JSON object a line. The cursor is written last, so that a run that is killed before repeats lines instead of losing
 * them. Never throws and sets nothing of the process.
 *
 * @public
 */
export function runChangedApplications(input: TaskInput): Promise<TaskResult> {
  return runTask(input, async (run) => {
    const { from, issues } = await readStart(run);
    const work = from === null ? null : (calling: CallingRun): Promise<boolean> => tellChanged(run, input, { calling, from });
    return { issues, warnings: [], notices: [], work };
  });
}

async function tellChanged(run: RunContext, input: TaskInput, { calling, from }: { readonly calling: CallingRun; readonly from: string | ChangeCursor }): Promise<boolean> {
  const { call } = calling;
  const counted = countCalls(calling.client);
  const { client } = counted;
  const { profiles, cursor } = await changedApplications(client, { from }, call);
  const finding = counted.calls();
  for (const application of profiles) await input.print(`${JSON.stringify(await withWanted(run, { ...calling, client }, application))}\n`);
  const fetching = counted.calls() - finding;
  // Whatever can fail comes before the cursor: whoever does not trust a run that failed is told the same again.
  const all = await countApplicationProfiles(client, call);
  const path = cursorPath(run);
  if (path !== null) await writeFileAtomically(path, [`${JSON.stringify(cursor, null, 2)}\n`]);
  const since = typeof from === 'string' ? from : from.since;
  run.emit({ type: 'notice', message: `${profiles.length} of ${all} applications changed since ${since}. ${callsInWords(run, { finding, fetching, all })}` });
  return true;
}

/** What was called, beside what it would have taken to read everything. */
function callsInWords({ options }: RunContext, { finding, fetching, all }: { readonly finding: number; readonly fetching: number; readonly all: number }): string {
  const list = `Finding them took ${countOf(finding)}, and counting all of them one more; listing all takes ${callsOfListing(all)}.`;
  const wanted = [...new Set(options.with)];
  const forEach = wanted.reduce((calls, what) => calls + FEWEST_CALLS[what], 0);
  return forEach === 0 ? list : `${list} Fetching their ${wanted.join(' and ')} took ${countOf(fetching)}; for all it takes ${forEach * all} or more.`;
}

/** For one application. Findings of components are a list of their own. */
const FEWEST_CALLS = { findings: 2, summary: 1 } as const;

async function withWanted({ options }: RunContext, { client, call }: CallingRun, application: ApplicationProfile): Promise<ChangedApplication> {
  const place = { applicationGuid: application.guid, sandboxGuid: null };
  return {
    application,
    ...(options.with.includes('findings') ? { findings: await orNull(readFindings()) } : {}),
    ...(options.with.includes('summary') ? { summary: await orNull(getSummaryReport(client, { ...place, buildId: null }, call)) } : {}),
  };

  async function readFindings(): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    for await (const finding of listFindings(client, { ...place, kinds: ['static', 'dynamic', 'manual', 'sca'] }, call)) findings.push(finding);
    return findings;
  }
}

/** A policy is evaluated without a scan as well, and then there is nothing to read. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (isVeracodeError(error) && error.name === 'NotFoundError') return null;
    throw error;
  }
}

interface Start {
  readonly from: string | ChangeCursor | null;
  readonly issues: readonly ValidationIssue[];
}

/** The saved cursor, else the given time. */
async function readStart(run: RunContext): Promise<Start> {
  const { since } = run.options;
  const path = cursorPath(run);
  try {
    const cursor = path === null ? null : await readCursor(path);
    const from = cursor ?? since;
    if (from !== null) return { from, issues: [] };
    const wanted = path === null ? 'a time (--since), or a file that keeps one (--cursor)' : 'a time for the first run, when the cursor file does not exist yet';
    return { from, issues: [{ path: 'since', got: 'nothing', wanted }] };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { from: null, issues: error.issues };
  }
}

function cursorPath({ options, input }: RunContext): string | null {
  return options.cursor === null ? null : resolve(input.cwd, options.cursor);
}

/** @returns null when there is no such file yet */
async function readCursor(path: string): Promise<ChangeCursor | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw unusable(`${path}, which cannot be read`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw unusable(`${path}, which is not JSON`);
  }
  return parseChangeCursor(json);
}

function unusable(got: string): ValidationError {
  return new ValidationError([{ path: 'cursor', got, wanted: 'a cursor that this version of verapipe wrote' }]);
}

function countOf(calls: number): string {
  return calls === 1 ? '1 call' : `${calls} calls`;
}
