import { describe, expect, it } from '@jest/globals';
import type { JudgedFinding } from '@verapipe/core';

import { readReport } from '../../test/read-report.js';
import { type Bom, CYCLONEDX_VEX } from '../../test/readers/cyclonedx-vex.js';
import { generatedFindings, RUNS_WITHOUT_RESULTS, scaFinding } from '../../test/report-cases.js';
import { reportInput } from '../../test/report-input.js';
import { sampleFinding } from '../../test/samples.js';
import { renderReport } from '../report-formats.js';

async function bomOf(findings: readonly JudgedFinding[]): Promise<Bom> {
  return JSON.parse(await readReport('cyclonedx-vex', reportInput(findings))) as Bom;
}

describe('cyclonedx-vex', () => {
  it('would be told if it were not valid', async () => {
    const text = await readReport('cyclonedx-vex', reportInput([scaFinding()]));
    expect(await CYCLONEDX_VEX.faults(new Map([['bad', text.replace('"in_triage"', '"perhaps"')]]))).not.toEqual([]);
  });

  it('has a vulnerability for each SCA finding, and each component once', async () => {
    const findings = generatedFindings(800);
    const input = reportInput(findings);
    const { components, vulnerabilities } = await bomOf(findings);
    expect(vulnerabilities).toHaveLength(input.tally.byKind.sca);
    expect(components).toHaveLength(new Set(findings.flatMap(({ component }) => component?.id ?? [])).size);
  });

  it('says what is affected, how badly, and under which licences it is', async () => {
    const { components, vulnerabilities } = await bomOf([scaFinding({ severity: 5, cwe: 502 }), sampleFinding()]);
    expect(components).toEqual([
      { type: 'library', name: 'log4you.jar', version: '2.14.1', 'bom-ref': 'component:c1@2.14.1', licenses: [{ license: { id: 'Apache-2.0' } }, { license: { name: 'House licence' } }] },
    ]);
    expect(vulnerabilities).toEqual([
      expect.objectContaining({
        id: 'CVE-2026-0001',
        source: { name: 'NVD', url: 'https://nvd.nist.gov/vuln/detail/CVE-2026-0001' },
        ratings: [{ source: { name: 'Veracode' }, score: 9.8, severity: 'critical', method: 'other' }],
        cwes: [502],
        affects: [{ ref: 'component:c1@2.14.1' }],
      }),
    ]);
  });

  it.each<readonly [state: JudgedFinding['mitigation']['state'], reason: string | null, standing: JudgedFinding['standing'], analysis: object]>([
    ['none', null, 'open', { state: 'in_triage', detail: 'Nothing was decided about it.' }],
    ['none', null, 'fixed', { state: 'resolved', detail: 'Fixed.' }],
    ['proposed', 'Mitigate by Design', 'open', { state: 'in_triage', detail: 'Nothing was decided about it; its mitigation is proposed.' }],
    ['rejected', 'Potential False Positive', 'open', { state: 'in_triage', detail: 'Nothing was decided about it; its mitigation is rejected.' }],
    ['accepted', 'Potential False Positive', 'mitigated', { state: 'false_positive', detail: 'Mitigation accepted by ann: Potential False Positive' }],
    ['accepted', 'POTENTIAL_FALSE_POSITIVE', null, { state: 'false_positive', detail: 'Mitigation accepted by ann: POTENTIAL_FALSE_POSITIVE' }],
    ['accepted', 'Mitigate by Design', 'mitigated', { state: 'not_affected', justification: 'protected_by_mitigating_control', detail: 'Mitigation accepted by ann: Mitigate by Design' }],
    ['accepted', 'Mitigate by Network Environment', 'mitigated', { state: 'not_affected', justification: 'protected_at_perimeter', detail: 'Mitigation accepted by ann: Mitigate by Network Environment' }],
    ['accepted', 'Accept the Risk', 'mitigated', { state: 'exploitable', response: ['will_not_fix'], detail: 'Mitigation accepted by ann: Accept the Risk' }],
    ['accepted', null, 'mitigated', { state: 'in_triage', detail: 'Mitigation accepted by ann: no reason given' }],
    ['accepted', 'A word that nobody documented', 'mitigated', { state: 'in_triage', detail: 'Mitigation accepted by ann: A word that nobody documented' }],
  ])('claims no more than was decided: mitigation %s for "%s", %s', async (state, reason, standing, analysis) => {
    const { vulnerabilities } = await bomOf([scaFinding({ standing, mitigation: { state, reason, approver: 'ann' } })]);
    expect(vulnerabilities[0]?.analysis).toEqual(analysis);
  });

  it('says that a waiver holds for a while, and claims nothing', async () => {
    const { vulnerabilities } = await bomOf([scaFinding({ standing: 'waived', waiver: { reason: 'Not reachable.', owner: 'bob', expires: '2027-01-01' } })]);
    expect(vulnerabilities[0]?.analysis).toEqual({ state: 'in_triage', detail: 'Waived until 2027-01-01 by bob: Not reachable.' });
  });

  it.each(RUNS_WITHOUT_RESULTS)('is not written for %s: it would look like a clean scan', async (_name, input) => {
    expect(await renderReport('cyclonedx-vex', input())).toBeNull();
  });
});
