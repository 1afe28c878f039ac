import { describe, expect, it } from '@jest/globals';

import { madeReport } from '../../test/made-findings.js';
import { reportInput } from '../../test/report-input.js';
import { reportText } from '../../test/report-text.js';
import { NOTHING, PENDING, sampleFinding } from '../../test/samples.js';
import { type ReportFormatId, renderReport } from '../report-formats.js';

/** Formats in JSON, and how often they read the findings. */
const FORMATS: readonly (readonly [format: ReportFormatId, passes: number])[] = [
  ['sarif', 2],
  ['gitlab-sast', 1],
  ['gitlab-dependency-scanning', 1],
  ['gitlab-code-quality', 1],
];

describe.each(FORMATS)('%s', (format, passes) => {
  it('hands on what it has before it reads on', async () => {
    let read = 0;
    let ahead = 0;
    let written = 0;
    const pieces = await renderReport(format, madeReport(1000, () => (read += 1)));
    if (pieces === null) throw new Error('Not written.');
    for await (const piece of pieces) {
      written += piece.length;
      ahead = Math.max(ahead, read - (passes - 1) * 1000);
      if (ahead > 500) break;
    }
    // Half of it has been read, and a fair part has been written by then; some findings belong in another report.
    expect({ half: ahead < 510, written: written > 10_000 }).toEqual({ half: true, written: true });
  });

  it.each([['a failed run', NOTHING], ['a scan that nobody waited for', PENDING]])('never looks like a clean scan after %s', async (_name, facts) => {
    const text = await reportText(format, reportInput([], facts));
    if (format !== 'sarif') expect(text).toBeNull();
    else expect(JSON.parse(text ?? '')).toMatchObject({ runs: [{ invocations: [{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error' }] }] }] });
  });

  it('has the same bytes whatever order members of a finding come in', async () => {
    const finding = sampleFinding();
    const turned = Object.fromEntries(Object.entries(finding).reverse()) as unknown as typeof finding;
    expect(await reportText(format, reportInput([turned]))).toBe(await reportText(format, reportInput([finding])));
  });
});
