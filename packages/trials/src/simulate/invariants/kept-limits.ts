import type { JournalEntry } from '@verapipe/emulator';

import type { Invariant, SeedRecord } from '../seed-record.js';
import { journalOf } from './journal-of.js';

const MINUTE_MS = 60_000;
const INTERVAL_MS = 120_000;
/** The answer to a poll may be quicker than that of the poll before. */
const TRAVEL_MS = 1000;

const REPORT_CALL = /^(?:detailedreport|summaryreport)\.do$/;
const MAX_IN_A_ROW = 6;
const CHANGING = new Set(['createapp.do', 'createsandbox.do', 'createbuild.do', 'uploadlargefile.do', 'beginprescan.do', 'beginscan.do', 'deletebuild.do']);

/** Five polls, and the looks at what became of a few changes whose answers were lost. */
const READS_IN_TEN_MINUTES = 25;

/** The documented limits, the interval between status polls and the number of attempts are kept. */
export const keptLimits: Invariant = (record) => [
  ...pollsTooClose(record),
  ...readsTooMany(record),
  ...callsTooMany(record),
  ...attemptsTooMany(record),
];

function pollsTooClose({ processes }: SeedRecord): readonly string[] {
  return processes.flatMap(({ polls, pipeline }) =>
    polls.slice(1).flatMap((poll, index) => {
      const before = polls[index];
      if (before?.waitingFor !== poll.waitingFor) return [];
      const gapMs = poll.atMs - before.atMs;
      return gapMs < INTERVAL_MS - TRAVEL_MS ? [`${pipeline} polled twice within ${gapMs} ms`] : [];
    }),
  );
}

function callsTooMany({ journal }: SeedRecord): readonly string[] {
  const classes: readonly (readonly [string, number, (entry: JournalEntry) => boolean])[] = [
    ['report calls', 80, ({ operation }) => REPORT_CALL.test(operation)],
    ['XML calls', 250, ({ operation }) => operation.endsWith('.do') && !REPORT_CALL.test(operation)],
    ['REST calls', 500, ({ operation }) => !operation.endsWith('.do')],
  ];
  return classes.flatMap(([what, limit, isOfClass]) => {
    const times = journal.filter(isOfClass).map(({ wallMs }) => wallMs);
    const isOver = times.some((time, index) => (times[index + limit] ?? Infinity) - time < MINUTE_MS);
    return isOver ? [`more than ${limit} ${what} in a minute`] : [];
  });
}

/** One process sends the same changing call six times at most before it does something else. */
function attemptsTooMany(record: SeedRecord): readonly string[] {
  return record.processes.flatMap((process) => {
    const calls = journalOf(record, process).filter(({ operation }) => CHANGING.has(operation));
    let inARow: JournalEntry[] = [];
    const faults: string[] = [];
    for (const call of calls) {
      const isRepeat = inARow.some((before) => isSameCall(before, call) && !before.acted);
      inARow = isRepeat ? [...inARow, call] : [call];
      if (inARow.length > MAX_IN_A_ROW) faults.push(`${process.pipeline} sent ${call.operation} ${inARow.length} times in a row`);
    }
    return faults;
  });
}

/** The status is read no more often than polls, and looks around the changes of a run, need. */
function readsTooMany(record: SeedRecord): readonly string[] {
  return record.processes.flatMap((process) => {
    const calls = journalOf(record, process);
    const times = calls.filter(({ operation }) => operation === 'getbuildinfo.do').map(({ wallMs }) => wallMs);
    const isOver = times.some((time, index) => (times[index + READS_IN_TEN_MINUTES] ?? Infinity) - time < 10 * MINUTE_MS);
    return isOver ? [`${process.pipeline} read the status more than ${READS_IN_TEN_MINUTES} times in ten minutes`] : [];
  });
}

function isSameCall(one: JournalEntry, other: JournalEntry): boolean {
  return one.operation === other.operation && JSON.stringify(one.parameters) === JSON.stringify(other.parameters);
}
