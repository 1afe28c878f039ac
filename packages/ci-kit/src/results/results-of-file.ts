import type { DetailedReport } from '@verapipe/core';
import type { PlaceFacts, PolicyFacts, ScanFacts, ScanResults } from '@verapipe/reports';

import type { FindingsFile } from '../findings-files/findings-file.js';
import type { RunFacts } from './results-of-run.js';
import { resultsWithoutVerdict } from './results-without-verdict.js';

/**
 * Results of a file of findings: its own, or what a file of the vendor's tools says of its scan. Nothing of a run stands in
 * such a file, so there is no verdict. The time is the file's, so that equal files give equal reports. Pure.
 */
export function resultsOfFile(run: RunFacts, file: FindingsFile): ScanResults {
  const { results, report, tally, madeAt } = file;
  if (results !== null) return results;
  const facts = { ...run, generatedAt: madeAt };
  if (report === null) return resultsWithoutVerdict(facts, { application: null, sandbox: null, scan: scanOfPipeline(file), counts: tally });
  return { ...resultsWithoutVerdict(facts, { application: applicationOf(report), sandbox: sandboxOf(report), scan: scanOfReport(report), counts: tally }), policy: policyOf(report) };
}

function scanOfPipeline({ scanId, pipeline }: FindingsFile): ScanFacts | null {
  if (scanId === null || pipeline === null) return null;
  const unsaid = { status: null, startedAt: null, publishedAt: null, url: null } as const;
  return { kind: 'pipeline', id: scanId, name: scanId, ...unsaid, statusText: pipeline.status, modules: pipeline.modules.map((name) => ({ name })) };
}

function scanOfReport(report: DetailedReport): ScanFacts {
  const { buildId, scanName, staticAnalysis, dynamicAnalysis, manualAnalysis } = report;
  const analyses = [staticAnalysis, dynamicAnalysis, manualAnalysis].filter((analysis) => analysis !== null);
  const submitted = inTime(analyses.map(({ submittedAt }) => submittedAt));
  const published = inTime(analyses.map(({ publishedAt }) => publishedAt));
  return {
    kind: sandboxOf(report) === null ? 'policy' : 'sandbox',
    id: buildId,
    name: scanName ?? buildId,
    status: null,
    statusText: null,
    startedAt: submitted[0] ?? null,
    publishedAt: published.at(-1) ?? null,
    url: null,
    modules: analyses.flatMap(({ modules }) => modules.map(({ name }) => ({ name }))),
  };
}

/** Reports of policy scans carry the id of a sandbox too, and no name. */
function sandboxOf({ sandboxId, sandboxName }: DetailedReport): PlaceFacts | null {
  return sandboxName === null ? null : { id: sandboxId ?? '', name: sandboxName, created: false };
}

function applicationOf({ applicationId, applicationName }: DetailedReport): PlaceFacts {
  return { id: applicationId, name: applicationName ?? applicationId, created: false };
}

function policyOf({ policy: { name, version, evaluation, rulesStatus } }: DetailedReport): PolicyFacts | null {
  return name === null ? null : { name, version, evaluation, rulesStatus, evaluatedAt: null };
}

/** Dates in UTC, the earliest first. */
function inTime(dates: readonly (string | null)[]): readonly string[] {
  return dates.filter((date) => date !== null).toSorted();
}
