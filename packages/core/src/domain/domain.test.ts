import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Finding, FindingKind, FindingStatus, MitigationState } from './finding.js';
import { createFindingCounter } from './finding-tally.js';
import { isSeverity, SEVERITIES, severityName } from './severity.js';

describe('severities', () => {
  it('have the names of the platform, highest first', () => {
    expect(SEVERITIES.map(severityName)).toEqual(['Very High', 'High', 'Medium', 'Low', 'Very Low', 'Informational']);
  });

  it.each([0, 1, 2, 3, 4, 5])('%d is one', (value) => {
    expect(isSeverity(value)).toBe(true);
  });

  it.each([-1, 6, 2.5, NaN, Infinity, -0.1])('%d is none', (value) => {
    expect(isSeverity(value)).toBe(false);
  });
});

const STATUSES: readonly FindingStatus[] = ['new', 'open', 'reopened', 'fixed', 'cannot-reproduce', 'unknown'];
const MITIGATIONS: readonly MitigationState[] = ['none', 'proposed', 'accepted', 'rejected', 'unknown'];
const KINDS: readonly FindingKind[] = ['static', 'dynamic', 'manual', 'sca'];

const finding = fc.record({
  kind: fc.constantFrom(...KINDS),
  severity: fc.constantFrom(...SEVERITIES),
  status: fc.constantFrom(...STATUSES),
  affectsPolicy: fc.constantFrom(true, false, null),
  state: fc.constantFrom(...MITIGATIONS),
});

function asFinding({ kind, severity, status, affectsPolicy, state }: typeof finding extends fc.Arbitrary<infer T> ? T : never): Finding {
  return {
    id: '1',
    kind,
    severity,
    cwe: null,
    cweName: null,
    category: null,
    description: '',
    location: { module: null, file: null, repositoryPath: null, line: null, function: null, url: null, parameter: null },
    status,
    affectsPolicy,
    mitigation: { state, reason: null, approver: null },
    firstFoundAt: null,
    gracePeriodExpiresAt: null,
    exploitability: null,
    remediationEffort: null,
    component: null,
    flawMatch: null,
    dataPaths: null,
  };
}

describe('createFindingCounter', () => {
  it('counts every finding exactly once by kind and by severity', () => {
    fc.assert(
      fc.property(fc.array(finding), (findings) => {
        const counter = createFindingCounter();
        for (const one of findings) counter.add(asFinding(one));
        const tally = counter.tally();
        const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((total, count) => total + count, 0);
        expect([tally.total, sum(tally.byKind), sum(tally.bySeverity)]).toEqual([findings.length, findings.length, findings.length]);
        expect(tally.affectingPolicy).toBe(findings.filter(({ affectsPolicy }) => affectsPolicy === true).length);
        expect(tally.mitigated).toBe(findings.filter(({ state }) => state === 'accepted').length);
        for (const severity of SEVERITIES) {
          const open = findings.filter((one) => one.severity === severity && one.status !== 'fixed' && one.state !== 'accepted');
          expect(tally.openBySeverity[severity]).toBe(open.length);
        }
      }),
    );
  });

  it.each(STATUSES)('a finding that is %s', (status) => {
    const counter = createFindingCounter();
    counter.add(asFinding({ kind: 'static', severity: 4, status, affectsPolicy: true, state: 'unknown' }));
    expect(counter.tally().openBySeverity[4]).toBe(status === 'fixed' ? 0 : 1);
  });

  it('gives a tally that later findings do not change', () => {
    const counter = createFindingCounter();
    const before = counter.tally();
    counter.add(asFinding({ kind: 'sca', severity: 0, status: 'open', affectsPolicy: null, state: 'none' }));
    expect(before).toMatchObject({ total: 0, byKind: { sca: 0 }, bySeverity: { 0: 0 } });
    expect(counter.tally()).toMatchObject({ total: 1, byKind: { sca: 1 }, bySeverity: { 0: 1 } });
  });
});
