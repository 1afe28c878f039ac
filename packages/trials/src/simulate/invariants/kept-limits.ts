import type { JournalEntry } from '@verapipe/emulator';

import type { Invariant, SeedRecord } from '../seed-record.js';

const MINUTE_MS = 60_000;
const INTERVAL_MS = 120_000;
/** The answer to a poll may be quicker than that of the poll before. */
const TRAVEL_MS = 1000;

const REPORT_CALL = /^(?:detailedreport|summaryreport)\.do$/;
const MAX_IN_A_ROW = 6;

/** The documented limits, the interval between status polls and the number of attempts are kept. */
export const keptLimits: Invariant = (record) => [...pollsTooClose(record), ...callsTooMany(record), ...attemptsTooMany(record)];

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

/** A changing call is sent six times at most before something else is done. */
function attemptsTooMany({ journal }: SeedRecord): readonly string[] {
  const changing = new Set(['createapp.do', 'createsandbox.do', 'createbuild.do', 'uploadlargefile.do', 'beginprescan.do', 'beginscan.do', 'deletebuild.do']);
  let inARow = 0;
  let last = '';
  const faults: string[] = [];
  for (const { operation, account, acted } of journal.filter(({ operation: name }) => changing.has(name))) {
    const key = `${account ?? ''} ${operation}`;
    inARow = key === last && !acted ? inARow + 1 : 1;
    last = key;
    if (inARow > MAX_IN_A_ROW * 4) faults.push(`${operation} was sent ${inARow} times in a row`);
  }
  return faults;
}
