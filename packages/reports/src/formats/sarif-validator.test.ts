import { beforeAll, describe, expect, it } from '@jest/globals';

import { withFacts } from '../../test/facts.js';
import { hostileFailure, hostileInput } from '../../test/hostile-input.js';
import { HOSTILE_TEXTS } from '../../test/hostile-texts.js';
import { madeReport } from '../../test/made-findings.js';
import { recordedReport, recordedScans } from '../../test/recorded-scans.js';
import { reportInput } from '../../test/report-input.js';
import { reportText } from '../../test/report-text.js';
import { NOTHING, PENDING, sampleFinding } from '../../test/samples.js';
import { sarifErrors, withSarifValidator } from '../../test/sarif-validator.js';
import type { ReportInput } from '../report.js';

/** One log with the runs of all reports. */
async function logOf(inputs: readonly ReportInput[]): Promise<string> {
  const logs: { readonly runs: readonly unknown[] }[] = [];
  for (const input of inputs) logs.push(JSON.parse((await reportText('sarif', input)) ?? '') as (typeof logs)[number]);
  return JSON.stringify({ ...logs[0], runs: logs.flatMap(({ runs }) => runs) });
}

function recordedReports(facts: string): Promise<readonly ReportInput[]> {
  return Promise.all(recordedScans(facts).map((name) => recordedReport(facts, name)));
}

const MADE: readonly ReportInput[] = [
  reportInput([]),
  reportInput([sampleFinding()]),
  madeReport(10_000),
  reportInput([], NOTHING),
  reportInput([], PENDING),
  // Long texts are checked against the schema: here they would cost minutes, and break no other rule than short ones.
  ...HOSTILE_TEXTS.filter(([, text]) => text.length < 1000).flatMap(([, text]) => [hostileInput(text), hostileFailure(text)]),
];

describe('the validator of the makers of SARIF', () => {
  withSarifValidator('takes our SARIF', (program) => {
    let facts: string | null = null;
    let errors: readonly string[];

    // It takes seconds to begin, and part of one for each file: all of them at once, and as runs of few files.
    beforeAll(async () => {
      const files = new Map([['made', await logOf(MADE)]]);
      if (facts !== null) files.set('recorded', await logOf(await recordedReports(facts)));
      files.set('spoilt', (await logOf([reportInput([sampleFinding()])])).replace('"startLine":117', '"startLine":0'));
      errors = await sarifErrors(program, files);
    });

    const errorsOf = (kind: string): readonly string[] => errors.filter((error) => error.startsWith(kind));

    it('finds no error with none, few and ten thousand findings, and hostile ones', () => {
      expect(errorsOf('made.sarif ')).toEqual([]);
    });

    withFacts('finds no error with recorded scans', (folder) => {
      facts = folder;
      it('finds no error with recorded scans', () => {
        expect(errorsOf('recorded.sarif ')).toEqual([]);
      });
    });

    it('finds the one that was made for it to find, and looked into every file', () => {
      expect(errorsOf('spoilt.sarif ')).not.toEqual([]);
      expect(errors).toEqual(errorsOf('spoilt.sarif '));
    });
  });
});
