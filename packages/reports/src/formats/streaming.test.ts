import { describe, expect, it } from '@jest/globals';
import type { JudgedFinding } from '@verapipe/core';

import { madeReport } from '../../test/made-findings.js';
import { watch, type Watched } from '../../test/watched-source.js';
import type { ReportInput, ReportText } from '../report.js';
import { REPORT_FORMATS, type ReportFormatId, renderReport } from '../report-formats.js';

const COUNT = 2000;
/** Those of a list of the worst, and those that are on their way. */
const MOST_HELD = 60;
/** What may stand behind the last finding, or is never longer: a summary, the script of a page. */
const MOST_LATE = 70_000;

/** Formats that take their counts from the results, and read no finding. */
const READ_NONE: ReadonlySet<ReportFormatId> = new Set(['dotenv', 'gitlab-annotations']);
/** Formats that are never longer than a comment may be. */
const SHORT: ReadonlySet<ReportFormatId> = new Set(['markdown']);

const streams = ({ held, late }: Watched): boolean => held <= MOST_HELD && late <= MOST_LATE;

function formatOf(format: ReportFormatId): (input: ReportInput) => ReportText {
  return async function* render(input) {
    yield* (await renderReport(format, input)) ?? [];
  };
}

describe.each(REPORT_FORMATS)('%s', (format) => {
  it('holds neither the findings nor their texts, however many there are', async () => {
    const watched = await watch(formatOf(format), madeReport(COUNT));
    expect({ format, ...watched, streams: streams(watched) }).toMatchObject({ streams: true });
    if (READ_NONE.has(format)) expect(watched.read).toBe(0);
    else expect(watched.read).toBeGreaterThanOrEqual(COUNT);
    // What is late would be seen: without it, the whole is much longer than that.
    if (!READ_NONE.has(format) && !SHORT.has(format)) expect(watched.length - watched.late).toBeGreaterThan(2 * MOST_LATE);
  });
});

/** Formats that hold what they should not, in every way that there is. */
const COLLECTING: readonly (readonly [name: string, render: (input: ReportInput) => ReportText])[] = [
  [
    'findings, and writes at the end',
    async function* render({ findings }): ReportText {
      const all: JudgedFinding[] = [];
      for await (const finding of findings) all.push(finding);
      for (const finding of all) yield JSON.stringify(finding);
    },
  ],
  [
    'texts of findings, and writes them at the end',
    async function* render({ findings }): ReportText {
      const texts: string[] = [];
      for await (const finding of findings) texts.push(JSON.stringify(finding));
      yield* texts;
    },
  ],
  [
    'findings, although it writes them one after the other',
    async function* render({ findings }): ReportText {
      const all: JudgedFinding[] = [];
      for await (const finding of findings) {
        all.push(finding);
        yield JSON.stringify(finding);
      }
      yield String(all.length);
    },
  ],
  [
    'findings of a first pass during a second',
    async function* render({ findings }): ReportText {
      const all: JudgedFinding[] = [];
      for await (const finding of findings) all.push(finding);
      for await (const finding of findings) yield JSON.stringify(finding);
      yield String(all.length);
    },
  ],
  [
    'half of the texts until the end',
    async function* render({ findings }): ReportText {
      const texts: string[] = [];
      for await (const finding of findings) {
        if (texts.length < COUNT / 2) texts.push(JSON.stringify(finding));
        else yield JSON.stringify(finding);
      }
      yield* texts;
    },
  ],
];

describe('the watch', () => {
  it.each(COLLECTING)('sees a format that holds %s', async (_name, render) => {
    expect(streams(await watch(render, madeReport(COUNT)))).toBe(false);
  });

  it('lets one pass that holds nothing', async () => {
    const watched = await watch(async function* render({ findings }): ReportText {
      for await (const finding of findings) yield JSON.stringify(finding);
    }, madeReport(COUNT));
    expect(streams(watched)).toBe(true);
  });
});
