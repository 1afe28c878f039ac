import { describe, expect, it } from '@jest/globals';

import { DOTENV, variablesOf as read } from '../../test/readers/dotenv.js';
import { reportInput } from '../../test/report-input.js';
import { reportText } from '../../test/report-text.js';
import { NOTHING, PENDING, sampleFinding, sampleResults } from '../../test/samples.js';
import { HAS_SHELL, sourcedByShell } from '../../test/sourced-by-shell.js';
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

  (HAS_SHELL ? describe : describe.skip)('sourced by a shell (not run on Windows: it has none)', () => {
    const { scan } = sampleResults();
    /** The value of the address of a scan, as a shell has it, and what ran. */
    async function addressInShell(url: string): Promise<{ readonly value: string | undefined; readonly traces: readonly string[] }> {
      const text = (await reportText('dotenv', reportInput([], { scan: scan && { ...scan, url } }))) ?? '';
      const { values, traces } = await sourcedByShell(text, ['VERACODE_RESULT_SCAN_URL']);
      return { value: values.get('VERACODE_RESULT_SCAN_URL'), traces };
    }

    it.each([
      'https://analysiscenter.veracode.com/auth/index.jsp#ViewReportsResultSummary:10001:101:17501',
      'https://analysiscenter.veracode.eu/auth/index.jsp',
      'http://127.0.0.1:4010/auth/index.jsp#ViewReportsResultSummary:10001:101:17501',
      'https://x.example/?a=1#b=2:c=3',
      'https://x.example/a?b=c@d+e,f',
    ])('has the address %s', async (url) => {
      expect(await addressInShell(url)).toEqual({ value: url, traces: [] });
    });

    it.each([
      'https://x.example/?b=1&touch&ran',
      'https://x.example/?b=1&touch${IFS}ran',
      'https://x.example/;touch ran',
      'https://x.example/$(touch ran)',
      'https://x.example/`touch ran`',
      'https://x.example/|touch ran',
      'https://x.example/?(touch ran)',
      'https://x.example/*',
      'https://x.example/:~',
      'https://x.example/{a,b}!x',
    ])('runs nothing of %s, and leaves it out', async (url) => {
      expect(await addressInShell(url)).toEqual({ value: '', traces: [] });
    });

    it.each(['101&touch ran&', '101&touch&', '~', '~root', 'a:~', '#', '#101', '=101', 'a=b', '-n', '@', '+', '?', '*', '[a]', '101\ntouch ran'])('runs nothing of the id %j, and has it unchanged or not at all', async (id) => {
      const text = (await reportText('dotenv', reportInput([], { application: { id, name: 'x', created: false } }))) ?? '';
      const { values, traces } = await sourcedByShell(text, ['VERACODE_RESULT_APPLICATION_ID', 'VERACODE_RESULT_FINDINGS']);
      expect(traces).toEqual([]);
      expect(['', id]).toContain(values.get('VERACODE_RESULT_APPLICATION_ID'));
      expect(values.get('VERACODE_RESULT_FINDINGS')).toBe('0');
    });

    it.each(['a&touch ran&', 'a&touch&ran', '~', 'a:~'])('would be found to act with %j', async (value) => {
      expect(await DOTENV.faults(new Map([['bad', `VERACODE_RESULT_SCAN_URL=${value}\n`]]))).not.toEqual([]);
    });
  });
});
