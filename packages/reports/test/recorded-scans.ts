import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { decodeRestFinding, type Finding, type JsonObject, parsePipelineResults, readReportFindings } from '@verapipe/core';

import type { ReportInput } from '../src/report.js';
import { reportInput } from './report-input.js';

/** Recorded files that hold findings: results of pipeline scans, pages of the Findings API, detailed reports. */
const RECORDED = /^(?:rest\/pipeline\/.*(?:results|baseline).*\.json|rest\/findings\/.*\.json|xml\/(?:.*\/)?detailedreport-\d.*\.xml)$/u;

/** Names of the recorded scans in the folder of facts, in a fixed order. */
export function recordedScans(facts: string): readonly string[] {
  const all = readdirSync(samplesOf(facts), { recursive: true, encoding: 'utf8' });
  return all.map((name) => name.replaceAll('\\', '/')).filter((name) => RECORDED.test(name)).toSorted();
}

/** A report of a recorded scan, which nobody judged. */
export async function recordedReport(facts: string, name: string): Promise<ReportInput> {
  const findings: Finding[] = [];
  for await (const finding of await findingsOf(join(samplesOf(facts), name), name)) findings.push(finding);
  return reportInput(findings.map((finding) => ({ ...finding, standing: null, waiver: null })), { proof: null, verdict: 'none', gates: [] });
}

async function findingsOf(file: string, name: string): Promise<AsyncIterable<Finding> | Iterable<Finding>> {
  if (name.endsWith('.xml')) return readReportFindings(file);
  const text = readFileSync(file, 'utf8');
  if (name.startsWith('rest/pipeline/')) return parsePipelineResults(text, name).findings.map(({ finding }) => finding);
  const { _embedded: embedded } = JSON.parse(text) as { readonly _embedded?: { readonly findings: readonly JsonObject[] } };
  return (embedded?.findings ?? []).map((finding) => decodeRestFinding(finding, name));
}

function samplesOf(facts: string): string {
  return join(facts, 'veracode-api', 'samples');
}
