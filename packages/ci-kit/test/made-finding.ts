import type { Finding } from '@verapipe/core';

/** What a test says about a finding. */
export type FindingFacts = Partial<Omit<Finding, 'location'>> & { readonly location?: Partial<Finding['location']> };

/** An open static finding against the policy; give what a test is about. */
export function madeFinding({ location, ...facts }: FindingFacts = {}): Finding {
  return {
    id: '1',
    kind: 'static',
    severity: 4,
    cwe: 89,
    cweName: null,
    category: 'SQL Injection',
    description: '',
    location: { module: 'shop.war', file: 'com/example/A.java', repositoryPath: null, line: 10, function: 'find', url: null, parameter: null, ...location },
    status: 'open',
    affectsPolicy: true,
    mitigation: { state: 'none', reason: null, approver: null },
    firstFoundAt: null,
    gracePeriodExpiresAt: null,
    exploitability: null,
    remediationEffort: null,
    component: null,
    flawMatch: null,
    dataPaths: null,
    ...facts,
  };
}
