import { describe, expect, it } from '@jest/globals';

import type { DetailedReport } from '../codecs/detailed-report.js';
import type { BuildInfo } from '../domain/build.js';
import { reportContradictions, reportedFindings } from './report-contradictions.js';

interface Counts {
  readonly totalFlaws?: number | null;
  readonly stated?: number | null;
  readonly components?: null;
  readonly byKind?: Partial<DetailedReport['tally']['byKind']>;
  readonly evaluation?: DetailedReport['policy']['evaluation'];
}

/** Three static findings, one dynamic, one manual, two of components, unless told otherwise. */
function report({ totalFlaws = 5, stated = 2, components, byKind = {}, evaluation = 'pass' }: Counts = {}): DetailedReport {
  return {
    buildId: '3',
    applicationId: '2',
    totalFlaws,
    components: components === null ? null : { statedVulnerabilities: stated },
    policy: { evaluation, evaluationText: `as ${evaluation}` },
    tally: { byKind: { static: 3, dynamic: 1, manual: 1, sca: 2, ...byKind } },
  } as unknown as DetailedReport;
}

const build = { id: '3', applicationId: '2', sandboxId: null, policyEvaluation: 'pass', policyEvaluationText: 'Pass' } as BuildInfo;

describe('reportContradictions', () => {
  it.each<[string, DetailedReport, Partial<BuildInfo>, readonly string[]]>([
    ['nothing where all agrees', report(), {}, []],
    ['another build', report(), { id: '4' }, ['it is of build 3, not of 4']],
    ['another application', report(), { applicationId: '9' }, ['it is of application 2, not of 9']],
    ['no count', report({ totalFlaws: null }), {}, ['it does not say how many findings it has']],
    ['a static finding too few', report({ byKind: { static: 2 } }), {}, ['it says 5 findings and has 4']],
    ['a dynamic finding too many', report({ byKind: { dynamic: 2 } }), {}, ['it says 5 findings and has 6']],
    ['a manual finding too few', report({ byKind: { manual: 0 } }), {}, ['it says 5 findings and has 4']],
    ['a vulnerability too few', report({ byKind: { sca: 1 } }), {}, ['its components say 2 vulnerabilities and have 1']],
    ['nothing of components that say nothing', report({ stated: null, byKind: { sca: 9 } }), {}, []],
    ['nothing of components that are not there', report({ components: null, byKind: { sca: 0 } }), {}, []],
    ['another evaluation', report({ evaluation: 'did-not-pass' }), {}, ['it says policy as did-not-pass, and the build says Pass']],
    ['nothing of a word that nobody knows', report({ evaluation: 'unknown' }), {}, []],
    ['nothing of the evaluation in a sandbox', report({ evaluation: 'did-not-pass' }), { sandboxId: '7' }, []],
    ['everything at once', report({ totalFlaws: null }), { id: '4', applicationId: '9' }, ['it is of build 3, not of 4', 'it is of application 2, not of 9', 'it does not say how many findings it has']],
  ])('finds %s', (_name, given, change, clauses) => {
    expect(reportContradictions(given, { ...build, ...change })).toEqual(clauses);
  });
});

describe('reportedFindings', () => {
  it.each([
    ['flaws and vulnerabilities', report(), 7],
    ['flaws and what was read of components that say nothing', report({ stated: null }), 7],
    ['vulnerabilities alone where no count of flaws is given', report({ totalFlaws: null }), 2],
  ])('counts %s', (_name, given, count) => {
    expect(reportedFindings(given)).toBe(count);
  });
});
