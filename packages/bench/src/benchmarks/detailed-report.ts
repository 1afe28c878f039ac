import { join } from 'node:path';

import { type Benchmark, measured } from '../figure.js';
import { interleave, median } from '../median.js';
import { child } from '../places.js';
import { runChild } from '../run-child.js';
import { readUsage, type Usage } from '../usage.js';
import { writeReport } from '../write-report.js';

const REPORT_BYTES = 200 * 1000 * 1000;
const MEMORY_BUDGET_BYTES = 150 * 1000 * 1000;

/** The whole object may not fit into what Node grants by itself. */
const ROOM_FOR_THE_PEER = ['--max-old-space-size=6144'];

/** Reading a detailed report of 200 MB, against fast-xml-parser's whole object. */
export const detailedReport: Benchmark = {
  name: 'detailed report',
  async run(folder) {
    const report = join(folder, 'detailed-report.xml');
    const flaws = await writeReport(report, REPORT_BYTES);
    const { ours, theirs } = await interleave(
      () => read(['read-report'], report, flaws),
      () => read(['parse-whole-report', ...ROOM_FOR_THE_PEER], report, flaws),
    );
    return [
      measured({
        id: 'detailed-report-wall',
        what: 'reading 200 MB, wall ms',
        peer: "fast-xml-parser's whole object",
        ours: median(ours.map(({ wallMs }) => wallMs)),
        theirs: median(theirs.map(({ wallMs }) => wallMs)),
        goal: 1,
      }),
      measured({
        id: 'detailed-report-memory',
        what: 'reading 200 MB, peak bytes',
        peer: 'the budget of 150 MB',
        ours: median(ours.map(({ peakBytes }) => peakBytes)),
        theirs: MEMORY_BUDGET_BYTES,
        goal: 1,
      }),
    ];
  },
};

/** Runs one side in a process of its own, and checks that it has seen every flaw. */
async function read(
  [program, ...nodeOptions]: readonly [string, ...string[]],
  report: string,
  flaws: number,
): Promise<Usage<{ readonly wallMs: number }>> {
  const { wallMs, stdout } = await runChild({ program: process.execPath, args: [...nodeOptions, child(program), report] });
  const usage = readUsage<{ readonly flaws: number }>(stdout);
  if (usage.flaws !== flaws) throw new Error(`${program} saw ${usage.flaws} of ${flaws} flaws.`);
  return { wallMs, peakBytes: usage.peakBytes };
}
