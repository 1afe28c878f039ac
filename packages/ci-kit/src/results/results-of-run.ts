import { buildLink, VERSION, type GateVerdict, type ProvenScan, type Region, type ScanState, type SubmittedScan } from '@verapipe/core';
import type { ArtifactFacts, BaselineFacts, FailureFacts, FileFacts, LintFacts, OutageFacts, PlaceFacts, PolicyFacts, ScanResults } from '@verapipe/reports';

import type { CiContext } from '../ci-context/ci-context.js';

/** What is known of every run, however it ends. */
export interface RunFacts {
  readonly ci: CiContext | null;
  readonly platform: { readonly url: string; readonly region: Region | null } | null;
  /** ISO 8601 UTC. */
  readonly generatedAt: string;
  /** Makes a path as it is shown: relative to the working folder where it lies inside. */
  readonly shown: (path: string) => string;
  /** Null where no artifacts were looked into. */
  readonly lint: LintFacts | null;
}

type Common = Pick<ScanResults, 'schemaVersion' | 'tool' | 'generatedAt' | 'ci' | 'platform' | 'reportOnly' | 'lint'>;

/** How a scan was judged, and by which files; and what was found out about where its findings lie. */
export interface JudgementFacts extends Pick<ScanResults, 'pathMapping' | 'dataPaths'> {
  readonly verdict: GateVerdict;
  readonly reportOnly: boolean;
  readonly orgPolicy: FileFacts | null;
  readonly waivers: FileFacts | null;
  readonly baseline: BaselineFacts | null;
}

/** Results of a judged scan: the only ones that carry a verdict, and they cannot be made without proof. Pure. */
export function resultsOfJudgedScan(run: RunFacts, scan: ProvenScan, judgement: JudgementFacts): ScanResults {
  const { verdict, reportOnly, orgPolicy, waivers, baseline, pathMapping, dataPaths } = judgement;
  const { name, version, evaluation, rulesStatus, evaluatedAt } = scan.policy;
  const policy: PolicyFacts = { name, version, evaluation, rulesStatus, evaluatedAt };
  return {
    ...commonFacts(run, reportOnly),
    ...placeFacts(run, scan),
    artifacts: scan.artifacts.map((artifact) => artifactFacts(run, artifact)),
    policy,
    proof: {
      toolVersion: VERSION,
      commit: run.ci?.commit ?? null,
      ciRun: ciRunText(run),
      accountId: scan.status.accountId,
      buildId: scan.build.id,
      status: scan.status.status,
      modulesScanned: scan.modules.length,
      artifacts: scan.artifacts.map(({ name: artifact, sha256 }) => ({ name: artifact, sha256 })),
      policy,
      gates: verdict.gates.map(({ id, outcome }) => ({ id, outcome })),
      orgPolicy,
      waivers: waivers === null ? [] : [{ ...waivers, findings: verdict.waived, warnings: verdict.warnings }],
      baseline,
      mitigations: null,
      counts: { read: scan.tally.total, reported: scan.reportedFindings },
    },
    gates: verdict.gates,
    verdict: verdict.verdict,
    counts: scan.tally,
    pathMapping,
    dataPaths,
    failure: null,
    outage: null,
  };
}

/** Results of a scan that was submitted, read back and not waited for. Pure. */
export function resultsOfSubmittedScan(run: RunFacts, scan: SubmittedScan): ScanResults {
  return {
    ...commonFacts(run, false),
    ...placeFacts(run, scan),
    artifacts: scan.artifacts.map((artifact) => artifactFacts(run, artifact)),
    ...UNJUDGED,
    verdict: 'pending',
    failure: null,
    outage: null,
  };
}

/** Results of a run that came to no judgement: why, and how far it came. Pure. */
export function resultsOfFailure(run: RunFacts, state: ScanState | null, failure: FailureFacts, outage: OutageFacts | null = null): ScanResults {
  const build = state?.build ?? null;
  return {
    ...commonFacts(run, false),
    application: state?.application ?? null,
    sandbox: state?.sandbox ?? null,
    scan:
      build === null
        ? null
        : {
            kind: state?.sandbox === null ? 'policy' : 'sandbox',
            id: build.id,
            name: build.name,
            status: null,
            statusText: null,
            startedAt: null,
            publishedAt: null,
            url: null,
            modules: [],
          },
    artifacts: (state?.artifacts ?? []).map((artifact) => artifactFacts(run, artifact)),
    ...UNJUDGED,
    verdict: 'none',
    failure,
    outage,
  };
}

const UNJUDGED = { policy: null, proof: null, gates: [], counts: null, pathMapping: null, dataPaths: null } as const;

/** What every results file begins with. */
export function commonFacts({ ci, platform, generatedAt, lint }: RunFacts, reportOnly: boolean): Common {
  return { schemaVersion: 1, tool: { name: 'verapipe', version: VERSION }, generatedAt, ci, platform, reportOnly, lint };
}

function placeFacts({ platform }: RunFacts, scan: ProvenScan | SubmittedScan): Pick<ScanResults, 'application' | 'sandbox' | 'scan'> {
  const isProven = scan.kind === 'proven';
  return {
    application: namedPlace(scan.application),
    sandbox: scan.sandbox === null ? null : namedPlace(scan.sandbox),
    scan: {
      kind: scan.sandbox === null ? 'policy' : 'sandbox',
      id: scan.build.id,
      name: scan.build.name,
      status: scan.status.status,
      statusText: scan.status.statusText,
      startedAt: isProven ? scan.submittedAt : null,
      publishedAt: isProven ? scan.publishedAt : null,
      url: platform === null ? null : buildLink({ hosts: { xmlBaseUrl: platform.url, restBaseUrl: platform.url } }, scan.status),
      modules: isProven ? scan.modules.map(({ name }) => ({ name })) : [],
    },
  };
}

function namedPlace({ id, name, created }: PlaceFacts): PlaceFacts {
  return { id, name, created };
}

function artifactFacts({ shown }: RunFacts, { path, name, sizeBytes, sha256, fileId }: ArtifactFacts): ArtifactFacts {
  return { path: shown(path), name, sizeBytes, sha256, fileId };
}

/** The CI run in one text: its address where there is one. */
export function ciRunText({ ci }: RunFacts): string | null {
  return ci === null ? null : (ci.runUrl ?? [ci.system, ci.pipeline, ci.run].filter((part) => part !== null).join(' '));
}
