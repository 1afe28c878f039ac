import type { FindingTally, GateResult, JudgedFinding, PathMappingTally } from '@verapipe/core';
import type { ScanResults } from '@verapipe/reports';
import { z } from 'zod';

const text = z.string().nullable();
const count = z.int().min(0);
const date = z.iso.datetime({ offset: true }).nullable();
const severity = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
const evaluation = z.enum(['pass', 'conditional-pass', 'did-not-pass', 'not-assessed', 'calculating', 'unknown']);
const outcome = z.enum(['pass', 'warn', 'fail']);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256');
const bySeverity = z.object({ 0: count, 1: count, 2: count, 3: count, 4: count, 5: count });

const licence = z.object({ name: z.string(), risk: z.int().min(0).max(5).nullable() });
const component = z.object({
  id: text,
  fileName: z.string(),
  version: text,
  vulnerabilityId: z.string(),
  cvss: z.number().nullable(),
  licences: z.array(licence),
});
const flawMatch = z.object({
  procedureHash: z.string(),
  prototypeHash: z.string(),
  flawHash: z.string(),
  flawHashCount: count,
  flawHashOrdinal: count,
  causeHash: z.string(),
  causeHashCount: count,
  causeHashOrdinal: count,
});

const dataPath = z.object({ steps: z.array(z.object({ file: text, repositoryPath: text, line: z.int().nullable(), function: text })).min(1) });

/** A finding as the newest version writes it; properties that are not known are dropped. */
export const FINDING: z.ZodType<JudgedFinding> = z.object({
  id: z.string().min(1),
  kind: z.enum(['static', 'dynamic', 'manual', 'sca']),
  severity,
  cwe: z.int().min(0).nullable(),
  cweName: text,
  category: text,
  description: z.string(),
  location: z.object({ module: text, file: text, repositoryPath: text, line: z.int().nullable(), function: text, url: text, parameter: text }),
  status: z.enum(['new', 'open', 'reopened', 'fixed', 'cannot-reproduce', 'unknown']),
  affectsPolicy: z.boolean().nullable(),
  mitigation: z.object({ state: z.enum(['none', 'proposed', 'accepted', 'rejected', 'unknown']), reason: text, approver: text }),
  firstFoundAt: date,
  gracePeriodExpiresAt: date,
  exploitability: z.int().min(-2).max(2).nullable(),
  remediationEffort: z.int().nullable(),
  component: component.nullable(),
  flawMatch: flawMatch.nullable(),
  dataPaths: z.array(dataPath).nullable(),
  standing: z.enum(['fixed', 'waived', 'known', 'mitigated', 'proposed', 'in-grace', 'open']).nullable(),
  waiver: z.object({ reason: z.string(), owner: z.string(), expires: z.string() }).nullable(),
});

const place = z.object({ id: z.string(), name: z.string(), created: z.boolean() });
const policy = z.object({ name: text, version: text, evaluation, rulesStatus: evaluation, evaluatedAt: date });
const ci = z.object({
  system: z.string(),
  pipeline: text,
  run: text,
  job: text,
  leg: text,
  attempt: z.int().nullable(),
  commit: text,
  branch: text,
  targetBranch: text,
  pullRequest: text,
  repositoryUrl: text,
  runUrl: text,
  jobUrl: text,
});
const scan = z.object({
  kind: z.enum(['policy', 'sandbox', 'pipeline']),
  id: z.string(),
  name: z.string(),
  status: text,
  statusText: text,
  startedAt: date,
  publishedAt: date,
  url: text,
  modules: z.array(z.object({ name: z.string() })),
});
const mitigations = z.object({
  application: z.string(),
  buildId: text,
  report: z.object({ path: z.string(), sha256 }).nullable(),
  accepted: count,
  withoutHashes: count,
  unmatched: count,
  ambiguous: count,
  applied: z.array(z.object({ finding: z.string(), policyFlaw: z.string(), reason: text, approver: text })),
});
const proof = z.object({
  toolVersion: z.string(),
  commit: text,
  ciRun: text,
  accountId: text,
  buildId: z.string(),
  status: z.string(),
  modulesScanned: z.int().min(1),
  artifacts: z.array(z.object({ name: z.string(), sha256 })),
  policy: policy.nullable(),
  gates: z.array(z.object({ id: z.string(), outcome })),
  orgPolicy: z.object({ path: z.string(), sha256 }).nullable(),
  waivers: z.array(z.object({ path: z.string(), sha256, findings: count, warnings: z.array(z.string()) })),
  baseline: z.object({ path: z.string(), sha256, scanId: z.string().nullable(), known: count, knownBy: z.object({ exact: count, id: count, near: count }).nullable(), goneBySeverity: bySeverity.nullable() }).nullable(),
  mitigations: mitigations.nullable(),
  counts: z.object({ read: count, reported: count }),
});
const instant = z.iso.datetime({ offset: true });
const outage = z.object({ since: instant, toleratedUntil: instant, days: z.int().min(1), owner: z.string(), reason: z.string() });
const lint = z.object({
  mode: z.enum(['error', 'warn']),
  ignored: z.array(z.string()),
  total: count,
  findings: z.array(z.object({ rule: z.string(), severity: z.enum(['error', 'warning']), artifact: z.string(), place: text, sentence: z.string() })),
});
const gate: z.ZodType<GateResult> = z.object({
  id: z.string(),
  outcome,
  sentence: z.string(),
  numbers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
const counts: z.ZodType<FindingTally> = z.object({
  total: count,
  byKind: z.object({ static: count, dynamic: count, manual: count, sca: count }),
  bySeverity,
  openBySeverity: bySeverity,
  affectingPolicy: count,
  mitigated: count,
});

const pathMapping: z.ZodType<PathMappingTally> = z.object({ withPath: count, mapped: count, ambiguous: count, unmatched: count, ruleMissed: count, withoutPath: count });
const dataPaths = z.object({ findings: count, read: count, missing: count, reason: text });

/** Everything but the findings, as the newest version writes it; properties that are not known are dropped. */
export const RESULTS: z.ZodType<ScanResults> = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('verapipe'), version: z.string() }),
  generatedAt: z.iso.datetime({ offset: true }),
  ci: ci.nullable(),
  platform: z.object({ url: z.string(), region: z.enum(['global', 'european', 'fedramp']).nullable() }).nullable(),
  application: place.nullable(),
  sandbox: place.nullable(),
  scan: scan.nullable(),
  artifacts: z.array(z.object({ path: z.string(), name: z.string(), sizeBytes: count, sha256, fileId: z.string().nullable() })),
  policy: policy.nullable(),
  proof: proof.nullable(),
  gates: z.array(gate),
  verdict: z.enum(['pass', 'warn', 'fail', 'pending', 'none']),
  reportOnly: z.boolean(),
  counts: counts.nullable(),
  pathMapping: pathMapping.nullable(),
  dataPaths: dataPaths.nullable(),
  failure: z.object({ exitCode: z.int(), code: z.string(), message: z.string(), advice: text }).nullable(),
  outage: outage.nullable(),
  lint: lint.nullable(),
});

/** The names of the members that {@link RESULTS} reads. */
export const RESULTS_MEMBERS: readonly (keyof ScanResults)[] = [
  'schemaVersion',
  'tool',
  'generatedAt',
  'ci',
  'platform',
  'application',
  'sandbox',
  'scan',
  'artifacts',
  'policy',
  'proof',
  'gates',
  'verdict',
  'reportOnly',
  'counts',
  'pathMapping',
  'dataPaths',
  'failure',
  'outage',
  'lint',
];
