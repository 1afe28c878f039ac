import { describe, expect, it } from '@jest/globals';
import type { JudgedFinding } from '@verapipe/core';

import { readReport } from '../test/read-report.js';
import { reportInput } from '../test/report-input.js';
import { sampleFinding, sampleResults } from '../test/samples.js';
import { createChangeCounter } from './change-counter.js';
import type { FindingChanges } from './finding-changes.js';
import type { ReportInput } from './report.js';

const NONE = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
const FINDINGS: readonly JudgedFinding[] = [
  sampleFinding({ id: 'a', severity: 5, status: 'new', standing: 'known' }),
  sampleFinding({ id: 'b', severity: 4, status: 'open', standing: 'open' }),
  sampleFinding({ id: 'c', severity: 4, status: 'open', standing: 'waived' }),
  sampleFinding({ id: 'd', severity: 3, status: 'fixed', standing: 'fixed' }),
  sampleFinding({ id: 'e', severity: 2, status: 'reopened', standing: 'in-grace' }),
];
const CHANGES: FindingChanges = { comparedWith: 'the results of 2026-11-23T00:00:00Z', isNew: ({ id }) => id === 'c', goneBySeverity: { ...NONE, 1: 7 } };
const { proof } = sampleResults();
const withBaseline = (goneBySeverity: FindingChanges['goneBySeverity'] | null): Partial<ReportInput['results']> => ({
  proof: proof && { ...proof, baseline: { path: 'known.json', sha256: 'a'.repeat(64), scanId: '17', known: 1, knownBy: null, goneBySeverity } },
});
const pipeline = sampleResults().scan && { scan: { ...sampleResults().scan, kind: 'pipeline' } } as Partial<ReportInput['results']>;

describe('what is new and fixed', () => {
  it.each<[name: string, input: Partial<ReportInput> & { readonly facts?: Partial<ReportInput['results']> }, isNew: object | null, fixed: object | null, sentence: string]>([
    ['is what the platform says where nothing was compared', {}, { ...NONE, 5: 1 }, { ...NONE, 3: 1 }, 'New and fixed: as the platform says.'],
    ['comes from an earlier run', { changes: CHANGES }, { ...NONE, 4: 1 }, { ...NONE, 1: 7 }, 'New and fixed: compared with the results of 2026-11-23T00:00:00Z.'],
    ['comes from the baseline that judged, before anything else', { changes: CHANGES, facts: withBaseline({ ...NONE, 0: 2 }) }, { ...NONE, 4: 1, 2: 1 }, { ...NONE, 0: 2 }, 'New and fixed: compared with the baseline known.json (scan 17); waived findings are not among the new ones.'],
    ['does not say what is fixed where older results do not', { facts: withBaseline(null) }, { ...NONE, 4: 1, 2: 1 }, null, 'New and fixed: compared with the baseline known.json (scan 17); waived findings are not among the new ones.'],
    ['is not known of a pipeline scan alone, which calls everything open', { facts: pipeline ?? {} }, null, null, 'New and fixed: not known, as a pipeline scan was compared with nothing.'],
    ['is known of a pipeline scan that was compared', { changes: CHANGES, facts: pipeline ?? {} }, { ...NONE, 4: 1 }, { ...NONE, 1: 7 }, 'New and fixed: compared with the results of 2026-11-23T00:00:00Z.'],
    ['does not call fixed what may only be missing', { changes: CHANGES, incomplete: 'One page of two.' }, { ...NONE, 4: 1 }, null, 'New and fixed: compared with the results of 2026-11-23T00:00:00Z.'],
  ])('%s', async (_name, { facts, ...more }, isNew, fixed, sentence) => {
    const input = { ...reportInput(FINDINGS, facts), ...more };
    const counter = createChangeCounter(input);
    for (const finding of FINDINGS) counter.add(finding);
    expect(counter.counts()).toEqual({ isNew, fixed, sentence });

    const sum = (counts: object | null): string => (counts === null ? '–' : `**${String(Object.values(counts).reduce((total: number, count: number) => total + count, 0))}**`);
    const markdown = await readReport('markdown', input);
    expect(markdown).toContain(`| **all** | **4** | **5** | ${sum(isNew)} | ${sum(fixed)} |\n`);
    expect(markdown).toContain(`\n${sentence}\n`);
    for (const page of ['html', 'html-static'] as const) expect(await readReport(page, input)).toContain(sentence);
  });
});
