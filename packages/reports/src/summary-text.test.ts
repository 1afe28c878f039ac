import { describe, expect, it } from '@jest/globals';

import { NOTHING, PENDING, sampleResults } from '../test/samples.js';
import type { ScanResults } from './scan-results.js';
import { renderCounts, renderGates, renderVerdictSentence } from './summary-text.js';

const scan = sampleResults().scan;
const sandboxScan: Partial<ScanResults> = {
  sandbox: { id: '5', name: 'feature', created: true },
  scan: scan === null ? null : { ...scan, kind: 'sandbox' },
};

describe('renderVerdictSentence', () => {
  it.each<[name: string, facts: Partial<ScanResults>, wanted: string]>([
    [
      'a policy scan',
      {},
      'FAIL: policy scan "gitlab web/shop 48211 scan 1/2" (build 17501) of "Web shop" is "Results Ready", 1 module scanned, ' +
        '3 of 3 reported findings read, policy "House rules" Did Not Pass (2026-11-24T09:40:00.000Z).',
    ],
    [
      'a sandbox scan',
      sandboxScan,
      'FAIL: sandbox scan "gitlab web/shop 48211 scan 1/2" (build 17501) of "Web shop", sandbox "feature" is "Results Ready", ' +
        '1 module scanned, 3 of 3 reported findings read, policy "House rules" rules Did Not Pass, evaluation Did Not Pass ' +
        '(2026-11-24T09:40:00.000Z).',
    ],
    [
      'a submitted scan',
      PENDING,
      'NOT JUDGED: policy scan "gitlab web/shop 48211 scan 1/2" (build 17501) of "Web shop" was submitted, read back and ' +
        'not waited for. Its status is "Results Ready".',
    ],
    ['nothing at all', NOTHING, 'NO VERDICT: nothing was scanned.'],
    ['a file of findings', { verdict: 'none', scan: null, proof: null, gates: [] }, 'NO VERDICT: the findings come from a file, and nobody judged them.'],
  ])('%s', (_name, facts, wanted) => {
    expect(renderVerdictSentence(sampleResults(facts))).toBe(wanted);
  });

  it('takes the sting out of hostile names', () => {
    const application = { id: '1', name: 'x\u001b[2J', created: false };
    expect(renderVerdictSentence(sampleResults({ application }))).toContain('of "x\ufffd[2J"');
  });
});

describe('renderGates', () => {
  it('gives one aligned line for each gate', () => {
    const gates = [
      { id: 'policy', outcome: 'pass', sentence: 'Good.', numbers: {} },
      { id: 'severity', outcome: 'fail', sentence: 'Bad.\u0007', numbers: {} },
    ] as const;
    expect(renderGates(gates)).toBe('pass  policy    Good.\nfail  severity  Bad.\ufffd\n');
    expect(renderGates(gates, (outcome, text) => `<${outcome}>${text}`)).toContain('<fail>fail  severity');
  });
});

describe('renderCounts', () => {
  it('lists severities from the highest, then policy and mitigations', () => {
    const { counts } = sampleResults();
    expect(counts === null ? '' : renderCounts(counts)).toBe('3 findings: 2 High, 1 Medium; 2 against the policy; 1 mitigated.');
  });

  it('says that there are none', () => {
    const none = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
    const byKind = { static: 0, dynamic: 0, manual: 0, sca: 0 };
    expect(renderCounts({ total: 0, byKind, bySeverity: none, openBySeverity: none, affectingPolicy: 0, mitigated: 0 })).toBe('No findings.');
  });
});
