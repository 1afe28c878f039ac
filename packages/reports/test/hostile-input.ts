import type { JudgedFinding } from '@verapipe/core';

import type { ReportInput } from '../src/report.js';
import type { ScanResults } from '../src/scan-results.js';
import { replaceTexts } from './replace-texts.js';
import { reportInput } from './report-input.js';
import { NOTHING, sampleFinding, sampleResults } from './samples.js';

/** Members whose words core knows: nobody else's text gets there. */
const WORDS = new Set(['kind', 'status', 'standing', 'state', 'outcome', 'verdict', 'evaluation', 'rulesStatus', 'mode', 'severity', 'region']);
/** Times of a run: whoever reads a results file takes none for it that is no time. */
const TIMES = new Set(['generatedAt', 'startedAt', 'publishedAt', 'evaluatedAt', 'since', 'toleratedUntil']);
/** Where an address stands, the text is a part of one: alone, it would be refused at once. */
const ADDRESS = /url$/iu;
/** Addresses of a run are not longer than can be followed, so that what links to them is seen. */
const SHORT = 100;

const nowhere = { module: null, file: null, repositoryPath: null, line: null, function: null, url: null, parameter: null };

/** Findings of each kind with a text in every field that has one: alone, and as part of an address. */
export function hostileFindings(text: string): readonly JudgedFinding[] {
  const whole = findingsWithAllFields().map((finding) => replaceTexts(finding, (old, name) => (WORDS.has(name) ? old : text)));
  const addresses = findingsWithAllFields().map((finding) => replaceTexts(finding, (old, name) => (WORDS.has(name) ? old : ADDRESS.test(name) ? addressWith(text) : text)));
  // Ids are unique in one set of findings.
  return [...whole, ...addresses].map((finding, index) => ({ ...finding, id: `${text}${String(index)}` }));
}

/** Findings in which nothing is null that can be something else. */
function findingsWithAllFields(): readonly JudgedFinding[] {
  const steps = [{ file: 'x', repositoryPath: 'x', line: 0, function: 'x' }, { file: null, repositoryPath: null, line: null, function: null }, { file: 'x', repositoryPath: null, line: 5, function: 'x' }];
  const full: Partial<JudgedFinding> = {
    cweName: 'x',
    category: 'x',
    location: { module: 'x', file: 'x', repositoryPath: 'x', line: 1, function: 'x', url: 'x', parameter: 'x' },
    gracePeriodExpiresAt: 'x',
    flawMatch: { procedureHash: 'x', prototypeHash: 'x', flawHash: 'x', flawHashCount: 1, flawHashOrdinal: 1, causeHash: 'x', causeHashCount: 1, causeHashOrdinal: 1 },
    dataPaths: [{ steps }],
  };
  const waiver = { reason: 'x', owner: 'x', expires: 'x' };
  return [
    sampleFinding(full),
    sampleFinding({ ...full, cwe: null, mitigation: { state: 'proposed', reason: 'x', approver: 'x' }, location: { ...nowhere, file: 'x', line: -3 } }),
    sampleFinding({ ...full, standing: 'waived', waiver, status: 'new', mitigation: { state: 'accepted', reason: 'x', approver: 'x' } }),
    sampleFinding({ ...full, standing: 'in-grace', status: 'reopened' }),
    sampleFinding({ ...full, kind: 'manual', standing: null, mitigation: { state: 'accepted', reason: 'x', approver: 'x' }, location: { ...nowhere, module: 'x', function: 'x' } }),
    sampleFinding({ ...full, kind: 'dynamic', location: { ...nowhere, url: 'x', parameter: 'x' } }),
    sampleFinding({ ...full, kind: 'sca', location: { ...nowhere, file: 'x' }, component: { id: 'x', fileName: 'x', version: 'x', vulnerabilityId: 'x', cvss: 1e9, licences: [{ name: 'x', risk: 4 }] } }),
    sampleFinding({ ...full, kind: 'sca', category: null, location: nowhere, component: { id: null, fileName: 'x', version: null, vulnerabilityId: 'x', cvss: null, licences: [] } }),
  ];
}

/** Results with the text in each place that has a text, and with all the parts that are optional; facts stay as given. */
export function hostileResults(text: string, facts: Partial<ScanResults> = {}): ScanResults {
  const { tool, ...others } = resultsWithAllFacts();
  const hostile = replaceTexts(others, (old, name) => (WORDS.has(name) || TIMES.has(name) ? old : ADDRESS.test(name) ? addressWith(text.slice(0, SHORT)) : text));
  return { ...hostile, tool: { name: tool.name, version: text }, ...facts };
}

function resultsWithAllFacts(): ScanResults {
  const results = sampleResults({ sandbox: { id: 'x', name: 'x', created: false }, reportOnly: true });
  const { ci, scan, proof, platform, gates } = results;
  return {
    ...results,
    ci: ci && { ...ci, targetBranch: 'x', pullRequest: 'x', jobUrl: 'x' },
    platform: platform && { ...platform, url: 'x' },
    scan: scan && { ...scan, startedAt: '2026-11-24T09:00:00.000Z' },
    gates: [...gates, ...Array.from({ length: 40 }, (_, index) => ({ id: 'x', outcome: index % 2 === 0 ? ('fail' as const) : ('pass' as const), sentence: 'x', numbers: { x: 'x' } }))],
    proof: proof && {
      ...proof,
      orgPolicy: { path: 'x', sha256: 'x' },
      baseline: { path: 'x', sha256: 'x', scanId: 'x', known: 1, knownBy: { exact: 0, id: 0, near: 1 }, goneBySeverity: null },
      waivers: [{ path: 'x', sha256: 'x', findings: 1, warnings: ['x'] }],
      mitigations: { application: 'x', buildId: 'x', report: { path: 'x', sha256: 'x' }, accepted: 1, withoutHashes: 0, unmatched: 0, ambiguous: 0, applied: [{ finding: 'x', policyFlaw: 'x', reason: 'x', approver: 'x' }] },
    },
  };
}

function addressWith(text: string): string {
  return `https://site.example/${text}?a=${text}#${text}`;
}

/** A report about a judged scan in which every text is this one, also those of earlier runs. */
export function hostileInput(text: string): ReportInput {
  const input = reportInput(hostileFindings(text));
  const { ci } = hostileResults(text);
  // Where nothing can be linked to, annotations have nothing to say: one address is good.
  const facts = { counts: input.tally, ci: ci && { ...ci, runUrl: 'https://gitlab.example/web/shop/-/pipelines/48211' } };
  const changes = { comparedWith: text, isNew: () => true, goneBySeverity: { 0: 0, 1: 0, 2: 0, 3: 1, 4: 0, 5: 1 } };
  return { ...input, changes, incomplete: text, results: hostileResults(text, facts), earlier: [hostileResults(text), hostileResults(text, NOTHING)] };
}

/** A report about a run that failed in an outage, in which every text is this one. */
export function hostileFailure(text: string): ReportInput {
  const failure = { exitCode: 70, code: text, message: text, advice: text };
  const outage = { since: '2026-11-24T00:00:00Z', toleratedUntil: '2026-11-26T00:00:00Z', days: 2, owner: text, reason: text };
  return { ...reportInput([]), results: hostileResults(text, { verdict: 'none', counts: null, proof: null, policy: null, gates: [], failure, outage }) };
}
