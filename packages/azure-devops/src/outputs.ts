import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';

import type { FileJudgement, PipelineRunResult, RunResult } from '@verapipe/ci-kit';
import { severityName, type Env, type Finding } from '@verapipe/core';
import { placeOf, renderSummaryJson, titleOf } from '@verapipe/reports';
import * as task from 'azure-pipelines-task-lib/task.js';

import { harmless } from './agent-log.js';
import type { OutputVariable } from './manifest/output-variables.js';
import type { TaskInputs } from './inputs.js';
import { completeTaskFiles, type ShownFormat, type TaskFiles } from './task-files.js';

/** The agent keeps ten errors and ten warnings of a task; one is the verdict. */
const SHOWN_FINDINGS = 9;

const SKIPPED = 8;

/** What the outcome of a command is to the outputs; what it does not have is null. */
export interface Outcome {
  readonly exitCode: number;
  readonly run: RunResult | PipelineRunResult | null;
  readonly judgement: FileJudgement | null;
}

/** Hands the outcome to Azure: variables, summary, attachments, artifact, tests, and the worst findings. */
export async function writeOutputs(outcome: Outcome, { inputs, files, env }: { readonly inputs: TaskInputs; readonly files: TaskFiles; readonly env: Env }): Promise<void> {
  const { run } = outcome;
  await completeTaskFiles(files, { copies: run === null ? [] : [run.files.results, run.files.report], summaryText: run === null ? null : renderSummaryJson(run.results) });
  const reports = writtenReports(files);
  setVariables(variablesOf(outcome, reports));
  if (run?.kind === 'judged' || run?.kind === 'judged-pipeline') logFindings(run.top.findings, run.exitCode === 1);
  if (reports.markdown !== null) task.uploadSummary(reports.markdown);
  if (run !== null) task.addAttachment('verapipe-summary', inputs.command, files.summary);
  if (run !== null && run.files.results !== null) task.addAttachment('verapipe-results', inputs.command, run.files.results);
  if (reports.html !== null) task.addAttachment('verapipe-report', inputs.command, reports.html);
  if (reports.sarif !== null) task.addAttachment('verapipe-sarif', inputs.command, reports.sarif);
  // A test that could not be made is a failed one to Azure; who skips on purpose wants none.
  if (reports.junit !== null && outcome.exitCode !== SKIPPED) new task.TestPublisher('JUnit').publish([reports.junit], 'false', '', '', 'Veracode', 'true', 'verapipe');
  const artifact = inputs.artifactName ?? defaultArtifact(inputs.command, env);
  if (reports.html !== null) task.uploadArtifact(artifact, files.folder, artifact);
}

/** A report without results is not written, apart from those that say so. */
function writtenReports({ reports }: TaskFiles): Readonly<Record<ShownFormat, string | null>> {
  return Object.fromEntries(Object.entries(reports).map(([format, path]) => [format, existsSync(path) ? path : null])) as Record<ShownFormat, string | null>;
}

/** Tasks of one build, and legs of a matrix, do not share an artifact; a repeated job takes its own again. */
function defaultArtifact(command: string, env: Env): string {
  const place = ['SYSTEM_JOBID', 'SYSTEM_TASKINSTANCEID'].map((name) => env[name] ?? '').join('/');
  return `veracode-${command}-${createHash('sha256').update(place).digest('hex').slice(0, 8)}`;
}

type Variables = Readonly<Record<OutputVariable, string | number | null>>;

function variablesOf({ exitCode, run, judgement }: Outcome, reports: Readonly<Record<ShownFormat, string | null>>): Variables {
  const results = run?.results ?? null;
  const scan = results?.scan ?? null;
  const counts = results?.counts ?? judgement?.counts ?? null;
  const open = counts?.openBySeverity;
  return {
    verdict: results?.verdict ?? judgement?.verdict ?? null,
    exitCode,
    scanId: scan?.id ?? judgement?.scanId ?? null,
    buildId: scan === null || scan.kind === 'pipeline' ? null : scan.id,
    platformLink: scan?.url ?? null,
    findingsTotal: counts?.total ?? null,
    openVeryHigh: open?.[5] ?? null,
    openHigh: open?.[4] ?? null,
    openMedium: open?.[3] ?? null,
    openLow: open?.[2] ?? null,
    openVeryLow: open?.[1] ?? null,
    openInformational: open?.[0] ?? null,
    resultsFile: run?.files.results ?? null,
    sarifFile: reports.sarif,
    htmlFile: reports.html,
    junitFile: reports.junit,
    summaryFile: reports.markdown,
  };
}

/** Set also where there is nothing: a value of an earlier step must not stand for this one. */
function setVariables(variables: Variables): void {
  for (const [name, value] of Object.entries(variables)) task.setVariable(name, harmless(String(value ?? '')), false, true);
}

function logFindings(findings: readonly Finding[], isFailed: boolean): void {
  const type = isFailed ? task.IssueType.Error : task.IssueType.Warning;
  for (const finding of findings.slice(0, SHOWN_FINDINGS)) {
    const { repositoryPath, file, line } = finding.location;
    const path = repositoryPath ?? file;
    const cwe = finding.cwe === null ? '' : `CWE-${String(finding.cwe)}`;
    const message = [severityName(finding.severity), cwe, titleOf(finding), path === null ? `in ${placeOf(finding)}` : ''].filter((part) => part !== '').join(' ');
    task.logIssue(type, harmless(message), path === null ? undefined : harmless(path), path === null ? undefined : (line ?? undefined), undefined, cwe === '' ? undefined : cwe);
  }
}
