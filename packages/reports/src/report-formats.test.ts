import { describe, expect, it } from '@jest/globals';

import { reportInput } from '../test/report-input.js';
import { sampleFinding } from '../test/samples.js';
import { REPORT_FORMATS, renderReport, type ReportFormatId } from './report-formats.js';
import type { ReportInput } from './report.js';

function ofKind(kind: 'policy' | 'sandbox' | 'pipeline'): ReportInput {
  const input = reportInput([sampleFinding({ standing: null })]);
  if (input.results.scan === null) throw new Error('The sample has a scan.');
  return { ...input, results: { ...input.results, scan: { ...input.results.scan, kind } } };
}

describe('renderReport', () => {
  it('writes nothing about components of a pipeline scan, which looks at none, and all else', async () => {
    const silent: ReportFormatId[] = [];
    for (const format of REPORT_FORMATS) if ((await renderReport(format, ofKind('pipeline'))) === null) silent.push(format);
    expect(silent).toEqual(['gitlab-dependency-scanning', 'cyclonedx-vex']);
  });

  it.each(['policy', 'sandbox'] as const)('writes every format of a %s scan', async (kind) => {
    for (const format of REPORT_FORMATS) expect([format, await renderReport(format, ofKind(kind))]).toEqual([format, expect.anything()]);
  });
});
