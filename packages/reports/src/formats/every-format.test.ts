import { afterAll, describe, expect, it } from '@jest/globals';

import { withFacts } from '../../test/facts.js';
import { hostileFailure, hostileInput } from '../../test/hostile-input.js';
import { HOSTILE_TEXTS } from '../../test/hostile-texts.js';
import { madeReport } from '../../test/made-findings.js';
import { READERS } from '../../test/readers/index.js';
import { recordedReport, recordedScans } from '../../test/recorded-scans.js';
import { generatedFindings } from '../../test/report-cases.js';
import { reportInput } from '../../test/report-input.js';
import { reportText } from '../../test/report-text.js';
import { expectedCounts } from '../../test/results-counts.js';
import { sampleFinding } from '../../test/samples.js';
import type { ReportInput } from '../report.js';
import { REPORT_FORMATS, type ReportFormatId } from '../report-formats.js';

type Inputs = readonly (readonly [name: string, input: ReportInput])[];

const SIZES: Inputs = [
  ['none', madeReport(0)],
  ['one', madeReport(1)],
  ['one-that-nobody-judged', reportInput([sampleFinding({ standing: null })])],
  ['of-every-standing', reportInput(generatedFindings(700))],
  ['ten-thousand', madeReport(10_000)],
];

const HOSTILE: Inputs = HOSTILE_TEXTS.flatMap(([name, text]) => [[name, hostileInput(text)], [`${name}, of a run that failed`, hostileFailure(text)]] as const);

/** A part of a good file that is made bad, so that the reader has to speak. */
const SPOILT: Readonly<Record<ReportFormatId, readonly [part: string, bad: string]>> = {
  sarif: ['"level":"error"', '"level":"fatal"'],
  'gitlab-sast': ['"severity":"High"', '"severity":"Higher"'],
  'gitlab-dependency-scanning': ['"version":"15.2.1"', '"version":15'],
  'gitlab-code-quality': ['"severity":"critical"', '"severity":"High"'],
  'gitlab-annotations': ['https://', 'javascript://'],
  dotenv: ['=fail', '=$fail'],
  junit: ['<testcase ', '<testcase file="x" '],
  sonar: ['"textRange":{', '"textRange":{"endLine":0,'],
  'code-insights': ['"severity":"HIGH"', '"severity":"Higher"'],
  markdown: ['High', '<b>High</b>'],
  csv: ['SQL Injection,', '=SQL,'],
  ndjson: ['"kind":"static"', '"kind":"statics"'],
  html: ['<main>', '<main><img src=x>'],
  'html-static': ['<main>', '<main><script>x</script>'],
  'cyclonedx-vex': ['"type": "application"', '"type": "applications"'],
};

describe.each(REPORT_FORMATS)('%s', (format) => {
  const reader = READERS[format];
  const figures: string[] = [];

  // `docs/figures.md` keeps what is printed here.
  afterAll(() => {
    process.stderr.write(`Reports, ${format}: ${figures.join('; ')}; read by ${reader.name}\n`);
  });

  /** Faults of all reports that are written, and whether each counts as the results of its run do. */
  async function expectTaken(kind: string, inputs: Inputs): Promise<void> {
    let findings = 0;
    const files = new Map<string, string>();
    for (const [name, input] of inputs) {
      const text = await reportText(format, input);
      if (text === null) continue;
      files.set(name, text);
      findings += input.tally.total;
      if (input.results.counts !== null) expect([name, withoutZeros(reader.counts(text))]).toEqual([name, withoutZeros(await expectedCounts(format, input))]);
    }
    expect(files.size).toBeGreaterThan(0);
    expect(await reader.faults(files)).toEqual([]);
    figures.push(`${String(files.size)} ${kind} with ${String(findings)} findings`);
  }

  it('is taken by its reader, and counts as the results do, with no finding, one, and ten thousand', () => expectTaken('made', SIZES));

  it('is taken by its reader, and counts as the results do, with hostile texts in every field', () => expectTaken('hostile', HOSTILE));

  withFacts('is taken by its reader, and counts as the results do, for recorded scans', (facts) => {
    it('is taken by its reader, and counts as the results do, for recorded scans', async () => {
      await expectTaken('recorded', await Promise.all(recordedScans(facts).map(async (name) => [name.replaceAll('/', '-'), await recordedReport(facts, name)] as const)));
    });
  });

  it('would be refused with a fault in it', async () => {
    const text = (await reportText(format, reportInput([sampleFinding()]))) ?? '';
    const [part, bad] = SPOILT[format];
    expect(await reader.faults(new Map([['good', text]]))).toEqual([]);
    expect(text).toContain(part);
    expect(await reader.faults(new Map([['bad', text.replace(part, bad)]]))).not.toEqual([]);
  });
});

/** A word with no finding need not stand anywhere. */
function withoutZeros(counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}
