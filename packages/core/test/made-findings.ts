import type { Finding, FindingLocation, FlawMatch } from '../src/domain/finding.js';

const NOWHERE: FindingLocation = { module: null, file: null, repositoryPath: null, line: null, function: null, url: null, parameter: null };

/** What a test says about a finding. */
export type FindingFacts = Partial<Omit<Finding, 'location'>> & { readonly location?: Partial<FindingLocation> };

/** A static finding; give what a test is about. */
export function madeFinding({ location, ...facts }: FindingFacts = {}): Finding {
  return {
    id: '1',
    kind: 'static',
    severity: 3,
    cwe: 89,
    cweName: null,
    category: 'SQL Injection',
    description: '',
    location: { ...NOWHERE, module: 'shop.war', file: 'com/example/Dao.java', line: 10, function: 'find', ...location },
    status: 'open',
    affectsPolicy: null,
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

/** Hashes that stand for one flaw. */
export function madeFlawMatch(flawHash: string, facts: Partial<FlawMatch> = {}): FlawMatch {
  return {
    procedureHash: '11',
    prototypeHash: '12',
    flawHash,
    flawHashCount: 1,
    flawHashOrdinal: 1,
    causeHash: '13',
    causeHashCount: 1,
    causeHashOrdinal: 1,
    ...facts,
  };
}
