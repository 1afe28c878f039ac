import { describe, expect, it } from '@jest/globals';

import { variablesOf as read } from '../../test/readers/dotenv.js';
import { reportInput } from '../../test/report-input.js';
import { reportText } from '../../test/report-text.js';
import { NOTHING, PENDING, sampleFinding } from '../../test/samples.js';
import type { ReportInput } from '../report.js';
import type { ScanResults } from '../scan-results.js';

async function variablesOf(input: ReportInput): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(read((await reportText('dotenv', input)) ?? ''));
}

describe('dotenv', () => {
  it('has verdict, scan and counts', async () => {
    expect(await variablesOf(reportInput([sampleFinding(), sampleFinding({ id: '8', severity: 5 })]))).toEqual({
      VERACODE_RESULT_VERDICT: 'fail',
      VERACODE_RESULT_REPORT_ONLY: 'false',
      VERACODE_RESULT_FAILURE: '',
      VERACODE_RESULT_GENERATED_AT: '2026-11-24T09:41:00.000Z',
      VERACODE_RESULT_SCAN_KIND: 'policy',
      VERACODE_RESULT_SCAN_ID: '17501',
      VERACODE_RESULT_SCAN_URL: 'https://analysiscenter.veracode.com/auth/index.jsp#ViewReportsResultSummary:10001:101:17501',
      VERACODE_RESULT_APPLICATION_ID: '101',
      VERACODE_RESULT_SANDBOX_ID: '',
      VERACODE_RESULT_POLICY_EVALUATION: 'did-not-pass',
      VERACODE_RESULT_COMPLETE: 'true',
      VERACODE_RESULT_FINDINGS: '2',
      VERACODE_RESULT_FINDINGS_AFFECTING_POLICY: '2',
      VERACODE_RESULT_FINDINGS_MITIGATED: '0',
      VERACODE_RESULT_OPEN_VERY_HIGH: '1',
      VERACODE_RESULT_OPEN_HIGH: '1',
      VERACODE_RESULT_OPEN_MEDIUM: '0',
      VERACODE_RESULT_OPEN_LOW: '0',
      VERACODE_RESULT_OPEN_VERY_LOW: '0',
      VERACODE_RESULT_OPEN_INFORMATIONAL: '0',
    });
  });

  it.each<[name: string, facts: Partial<ScanResults>, verdict: string, failure: string]>([
    ['a failed run', NOTHING, 'none', 'no-credentials'],
    ['a scan that nobody waited for', PENDING, 'pending', ''],
  ])('says of %s that there are no counts, and not 0', async (_name, facts, verdict, failure) => {
    expect(await variablesOf(reportInput([], facts))).toMatchObject({ VERACODE_RESULT_VERDICT: verdict, VERACODE_RESULT_FAILURE: failure, VERACODE_RESULT_COMPLETE: '', VERACODE_RESULT_FINDINGS: '', VERACODE_RESULT_OPEN_VERY_HIGH: '' });
  });
});
