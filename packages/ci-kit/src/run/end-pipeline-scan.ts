import { evaluateGates, judgedFindings, type Finding, type GateInput, type GateOptions, type PipelinePolicy, type ProvenPipelineScan } from '@verapipe/core';
import { renderPipelineResults } from '@verapipe/reports';

import { mapFindings } from '../checkout/map-findings.js';
import { readCheckout } from '../checkout/read-checkout.js';
import { NO_DATA_PATHS } from '../data-paths/ask-data-paths.js';
import { dumpedDataPaths } from '../data-paths/dumped-data-paths.js';
import { withDataPaths } from '../data-paths/with-data-paths.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { askBaseline } from '../judging/ask-baseline.js';
import type { Comparison } from '../judging/judging.js';
import { applyMitigations, type PolicyMitigations } from '../judging/policy-mitigations.js';
import { resultsOfPipelineScan } from '../results/results-of-pipeline-scan.js';
import { comparedWithEarlier } from '../reports/read-earlier.js';
import { writeReports } from '../reports/write-reports.js';
import { writeResults } from '../results/write-results.js';
import { rememberWorking } from './bear-outage.js';
import { type JudgedContext, reportedTo } from './judged-context.js';
import type { JudgedPipelineRun } from './run-result.js';

/** A pipeline scan that was judged by nothing yet, and the policy that shall judge it. */
export interface PipelineScanToJudge {
  readonly scan: ProvenPipelineScan;
  readonly policy: PipelinePolicy | null;
  readonly baseline: Comparison;
  /** Null: only what is known of the scan itself counts. */
  readonly mitigations: PolicyMitigations | null;
}

/** Judges a proven pipeline scan and writes its results: our own file, and the two of the vendor's command. */
export async function endPipelineScan(run: JudgedContext, { scan: proven, policy, baseline, mitigations }: PipelineScanToJudge): Promise<JudgedPipelineRun> {
  run.emit({ type: 'phase', phase: 'gates' });
  const { scan, facts } = applyMitigations(run, proven, mitigations);
  const { judgement, waivers, waiverFile, orgPolicy } = run.judging;
  const { reportOnly } = judgement;
  const checkout = await readCheckout(run);
  const { findings, tally } = mapFindings(scan.findings, checkout);
  const asked = await askBaseline(baseline, { findings, idsOf: null });
  const input: GateInput = { scan: { kind: 'pipeline', policy }, findings, reportedFindings: scan.findings.length, nowMs: run.clock.now() };
  const options: GateOptions = { ...judgement, waivers, known: asked.recognised };
  const verdict = await evaluateGates(input, options);
  for (const message of asked.notices) run.emit({ type: 'notice', message });
  for (const message of [...asked.warnings, ...verdict.warnings]) run.emit({ type: 'warning', message });
  const failing = await failingIds(input, options);
  const { paths, facts: dataPaths } = run.options.dataPaths === 'none' ? NO_DATA_PATHS : dumpedDataPaths(scan.results.findings, failing);
  const judged = { verdict, reportOnly, orgPolicy, waivers: waiverFile, baseline: asked.facts, mitigations: facts, pathMapping: tally(), dataPaths };
  const results = resultsOfPipelineScan(run.facts(), scan, judged);
  const { pipelineResults, filteredResults } = run.files;
  const originals = scan.results.findings;
  await writeFileAtomically(pipelineResults, renderPipelineResults(scan.results, originals.map(({ original }) => original)));
  const filtered = originals.filter(({ finding }) => failing.has(finding.id)).map(({ original }) => original);
  await writeFileAtomically(filteredResults, renderPipelineResults(scan.results, filtered));
  const told = withDataPaths(judgedFindings(input, options), paths, checkout);
  const since = await comparedWithEarlier(run.earlier, { findings, idsOf: null, ...reportedTo(run, results) });
  const reports = await writeReports(run.reports, { results, findings: told, tally: scan.tally, incomplete: null, ...since });
  const top = await writeResults(run.files.results, results, told);
  await rememberWorking(run);
  const exitCode = verdict.verdict === 'fail' && !reportOnly ? 1 : 0;
  return { kind: 'judged-pipeline', exitCode, scan, verdict, top, results, files: { results: run.files.results, report: pipelineResults, filtered: filteredResults, state: null, reports } };
}

/** The findings that would fail the gates alone, as the vendor's command has them in `filtered_results.json`. */
async function failingIds(input: GateInput, options: GateOptions): Promise<ReadonlySet<string>> {
  const spent = await withSpentBudgets(input, options);
  const failing = new Set<string>();
  for await (const finding of input.findings) {
    if (await failsAlone(finding, input, spent)) failing.add(finding.id);
  }
  return failing;
}

/** Of a severity whose budget is exceeded every finding fails, the first ones as well as the last. */
async function withSpentBudgets(input: GateInput, options: GateOptions): Promise<GateOptions> {
  const { maxFindings } = options;
  const others = { failOnSeverity: null, failOnCwe: [], failOnCvss: null, failOnLicenceRisk: null, maxFindingAge: null };
  const scan = { kind: 'pipeline', policy: null } as const;
  const spent: [string, number][] = [];
  for (const [severity, budget] of Object.entries(maxFindings)) {
    const { verdict } = await evaluateGates({ ...input, scan }, { ...options, ...others, maxFindings: { [severity]: budget } });
    spent.push([severity, verdict === 'fail' ? 0 : budget]);
  }
  return { ...options, maxFindings: Object.fromEntries(spent) };
}

async function failsAlone(finding: Finding, input: GateInput, options: GateOptions): Promise<boolean> {
  const { verdict } = await evaluateGates({ ...input, findings: [finding], reportedFindings: 1 }, options);
  return verdict === 'fail';
}
