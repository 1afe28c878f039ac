import { describe, expect, it } from '@jest/globals';
import type { FindingTally } from '@verapipe/core';
import type { ScanResults } from '@verapipe/reports';

import { outcomeFacts } from './outcome-facts.js';

const COUNTS = { total: 7, openBySeverity: { 5: 1, 4: 2, 3: 0, 2: 3, 1: 0, 0: 1 } } as FindingTally;
const OF_COUNTS = { findingsTotal: 7, openVeryHigh: 1, openHigh: 2, openMedium: 0, openLow: 3, openVeryLow: 0, openInformational: 1 };
const NOTHING = { verdict: null, scanId: null, buildId: null, platformLink: null, findingsTotal: null, openVeryHigh: null, openHigh: null, openMedium: null, openLow: null, openVeryLow: null, openInformational: null };

function results(facts: Partial<Pick<ScanResults, 'verdict' | 'scan' | 'counts'>>): ScanResults {
  return { verdict: 'none', scan: null, counts: null, ...facts } as ScanResults;
}

describe('what later steps are told', () => {
  const scan = { id: '301', url: 'https://platform.example/301' } as NonNullable<ScanResults['scan']>;

  it.each<[name: string, results: ScanResults | null, judgement: Parameters<typeof outcomeFacts>[1], wanted: object]>([
    ['a scan', results({ verdict: 'fail', scan: { ...scan, kind: 'policy' }, counts: COUNTS }), null, { verdict: 'fail', scanId: '301', buildId: '301', platformLink: scan.url, ...OF_COUNTS }],
    ['a pipeline scan, which is no build', results({ verdict: 'pass', scan: { ...scan, kind: 'pipeline', url: null }, counts: COUNTS }), null, { ...NOTHING, verdict: 'pass', scanId: '301', ...OF_COUNTS }],
    ['a judged file', null, { verdict: 'warn', reportOnly: false, scanId: '9', counts: COUNTS }, { ...NOTHING, verdict: 'warn', scanId: '9', ...OF_COUNTS }],
    ['a run that read nothing: never 0', results({}), null, { ...NOTHING, verdict: 'none' }],
    ['a command without an outcome', null, null, NOTHING],
  ])('of %s', (_name, ofRun, judgement, wanted) => {
    expect(outcomeFacts(ofRun, judgement)).toEqual(wanted);
  });
});
