import { describe, expect, it } from '@jest/globals';

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

async function sarifOf(input: ReportInput): Promise<string> {
  return (await reportText('sarif', input)) ?? '';
}

describe('the validator of the makers of SARIF', () => {
  withSarifValidator('takes our SARIF', (program) => {
    // It takes seconds to begin, and little for each file: all of them at once.
    it('finds no error with none, few and ten thousand findings, and hostile ones', async () => {
      const inputs: readonly (readonly [name: string, input: ReportInput])[] = [
        ['none', reportInput([])],
        ['one', reportInput([sampleFinding()])],
        ['ten-thousand', madeReport(10_000)],
        ['failed', reportInput([], NOTHING)],
        ['pending', reportInput([], PENDING)],
        // Long texts are checked against the schema: here they would cost minutes, and break no other rule than short ones.
        ...HOSTILE_TEXTS.filter(([, text]) => text.length < 1000).flatMap(([, text], index) => [[`hostile-${String(index)}`, hostileInput(text)], [`hostile-failure-${String(index)}`, hostileFailure(text)]] as const),
      ];
      expect(await errorsOf(inputs)).toEqual([]);
    });

    withFacts('finds no error with recorded scans', (facts) => {
      it('finds no error with recorded scans', async () => {
        const inputs = await Promise.all(recordedScans(facts).map(async (name) => [name.replaceAll('/', '-'), await recordedReport(facts, name)] as const));
        expect(await errorsOf(inputs)).toEqual([]);
      });
    });

    async function errorsOf(inputs: readonly (readonly [name: string, input: ReportInput])[]): Promise<readonly string[]> {
      const files = new Map<string, string>();
      for (const [name, input] of inputs) files.set(name, await sarifOf(input));
      return sarifErrors(program, files);
    }

    it('would find one', async () => {
      const text = await sarifOf(reportInput([sampleFinding()]));
      expect(await sarifErrors(program, new Map([['line-0', text.replace('"startLine":117', '"startLine":0')]]))).toContainEqual(expect.stringContaining('line-0.sarif'));
    });
  });
});
