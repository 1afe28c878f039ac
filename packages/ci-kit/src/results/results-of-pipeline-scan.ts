import { VERSION, type ProvenPipelineScan } from '@verapipe/core';
import type { MitigationFacts, ScanResults } from '@verapipe/reports';

import { ciRunText, commonFacts, type JudgementFacts, type RunFacts } from './results-of-run.js';

/** How a pipeline scan was judged. */
export interface PipelineJudgementFacts extends JudgementFacts {
  readonly mitigations: MitigationFacts | null;
}

/** Results of a judged pipeline scan; they cannot be made without proof. Pure. */
export function resultsOfPipelineScan(run: RunFacts, scan: ProvenPipelineScan, judgement: PipelineJudgementFacts): ScanResults {
  const { verdict, reportOnly, orgPolicy, waivers, baseline, mitigations, pathMapping, dataPaths } = judgement;
  const { path, name, sizeBytes, sha256 } = scan.artifact;
  const { status, statusText } = { status: 'success', statusText: scan.results.status };
  return {
    ...commonFacts(run, reportOnly),
    application: null,
    sandbox: null,
    scan: {
      kind: 'pipeline',
      id: scan.scanId,
      name,
      status,
      statusText,
      startedAt: scan.startedAt,
      publishedAt: scan.finishedAt,
      url: null,
      modules: scan.modules.map((module) => ({ name: module })),
    },
    artifacts: [{ path: run.shown(path), name, sizeBytes, sha256, fileId: null }],
    policy: null,
    proof: {
      toolVersion: VERSION,
      commit: run.ci?.commit ?? null,
      ciRun: ciRunText(run),
      accountId: null,
      buildId: scan.scanId,
      status,
      modulesScanned: scan.modules.length,
      artifacts: [{ name, sha256 }],
      policy: null,
      gates: verdict.gates.map(({ id, outcome }) => ({ id, outcome })),
      orgPolicy,
      waivers: waivers === null ? [] : [{ ...waivers, findings: verdict.waived, warnings: verdict.warnings }],
      baseline,
      mitigations,
      counts: { read: scan.tally.total, reported: scan.results.findings.length },
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
