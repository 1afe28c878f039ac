import type { JudgedFinding } from '@verapipe/core';

import type { ScanResults } from '../src/scan-results.js';

/** A finding with every field filled in; give what a test is about. */
export function sampleFinding(facts: Partial<JudgedFinding> = {}): JudgedFinding {
  return {
    id: '7',
    kind: 'static',
    severity: 4,
    cwe: 89,
    cweName: "Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')",
    category: 'SQL Injection',
    description: 'A query is put together from text.',
    location: { module: 'shop.war', file: 'src/OrderDao.java', repositoryPath: null, line: 117, function: 'find', url: null, parameter: null },
    status: 'open',
    affectsPolicy: true,
    mitigation: { state: 'none', reason: null, approver: null },
    firstFoundAt: '2026-11-01T10:00:00.000Z',
    gracePeriodExpiresAt: null,
    exploitability: 1,
    remediationEffort: 3,
    component: null,
    flawMatch: null,
    standing: 'open',
    waiver: null,
    dataPaths: null,
    ...facts,
  };
}

const SHA256 = 'a'.repeat(64);
const POLICY = {
  name: 'House rules',
  version: '3',
  evaluation: 'did-not-pass',
  rulesStatus: 'did-not-pass',
  evaluatedAt: '2026-11-24T09:40:00.000Z',
} as const;

/** Results of a judged policy scan; give what a test is about. */
export function sampleResults(facts: Partial<ScanResults> = {}): ScanResults {
  return {
    schemaVersion: 1,
    tool: { name: 'verapipe', version: '1.2.3' },
    generatedAt: '2026-11-24T09:41:00.000Z',
    ci: {
      system: 'gitlab-ci',
      pipeline: 'web/shop',
      run: '48211',
      job: 'scan',
      leg: '1/2',
      attempt: null,
      commit: 'c0ffee',
      branch: 'main',
      targetBranch: null,
      pullRequest: null,
      repositoryUrl: 'https://gitlab.example/web/shop',
      runUrl: 'https://gitlab.example/web/shop/-/pipelines/48211',
      jobUrl: null,
    },
    platform: { url: 'https://analysiscenter.veracode.com', region: 'global' },
    application: { id: '101', name: 'Web shop', created: false },
    sandbox: null,
    scan: {
      kind: 'policy',
      id: '17501',
      name: 'gitlab web/shop 48211 scan 1/2',
      status: 'results-ready',
      statusText: 'Results Ready',
      startedAt: null,
      publishedAt: '2026-11-24T09:40:00.000Z',
      url: 'https://analysiscenter.veracode.com/auth/index.jsp#ViewReportsResultSummary:10001:101:17501',
      modules: [{ name: 'shop.war' }],
    },
    artifacts: [{ path: 'build/shop.war', name: 'shop.war', sizeBytes: 42, sha256: SHA256, fileId: '9' }],
    policy: POLICY,
    proof: {
      toolVersion: '1.2.3',
      commit: 'c0ffee',
      ciRun: 'https://gitlab.example/web/shop/-/pipelines/48211',
      accountId: '10001',
      buildId: '17501',
      status: 'results-ready',
      modulesScanned: 1,
      artifacts: [{ name: 'shop.war', sha256: SHA256 }],
      policy: POLICY,
      gates: [{ id: 'policy', outcome: 'fail' }],
      orgPolicy: null,
      baseline: null,
      mitigations: null,
    waivers: [],
      counts: { read: 3, reported: 3 },
    },
    gates: [{ id: 'policy', outcome: 'fail', sentence: 'The policy is Did Not Pass.', numbers: { affectingPolicy: 2 } }],
    verdict: 'fail',
    reportOnly: false,
    counts: {
      total: 3,
      byKind: { static: 3, dynamic: 0, manual: 0, sca: 0 },
      bySeverity: { 0: 0, 1: 0, 2: 0, 3: 1, 4: 2, 5: 0 },
      openBySeverity: { 0: 0, 1: 0, 2: 0, 3: 1, 4: 1, 5: 0 },
      affectingPolicy: 2,
      mitigated: 1,
    },
    pathMapping: { withPath: 3, mapped: 2, ambiguous: 0, unmatched: 1, ruleMissed: 0, withoutPath: 0 },
    dataPaths: { findings: 2, read: 1, missing: 1, reason: 'The platform did not answer.' },
    failure: null,
    outage: null,
    lint: { mode: 'warn', ignored: ['test-code'], total: 1, findings: [{ rule: 'node-modules', severity: 'warning', artifact: 'shop.zip', place: 'node_modules', sentence: 'Installed libraries are in it: node_modules (2 files).' }] },
    ...facts,
  };
}

/** What a submitted scan that nobody waits for leaves. */
export const PENDING: Partial<ScanResults> = { verdict: 'pending', proof: null, policy: null, counts: null, gates: [], pathMapping: null, dataPaths: null };

/** What a run leaves that ended before anything was on the platform. */
export const NOTHING: Partial<ScanResults> = {
  ...PENDING,
  verdict: 'none',
  ci: null,
  platform: null,
  application: null,
  scan: null,
  artifacts: [],
  failure: { exitCode: 3, code: 'no-credentials', message: 'No API credentials were found.', advice: null },
};
