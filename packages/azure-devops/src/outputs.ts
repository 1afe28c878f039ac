import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';

import { outcomeFacts, type FileJudgement, type PipelineRunResult, type RunResult } from '@verapipe/ci-kit';
import type { Env, Finding } from '@verapipe/core';
import { headlineOf, renderSummaryJson } from '@verapipe/reports';
import * as task from 'azure-pipelines-task-lib/task.js';

import { harmless, issuesLeft } from './agent-log.js';
import type { OutputVariable } from './manifest/output-variables.js';
import type { TaskInputs } from './inputs.js';
import { completeTaskFiles, type ShownFormat, type TaskFiles } from './task-files.js';

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
  const copied = await completeTaskFiles(files, { copies: run === null ? [] : [run.files.results, run.files.report], summaryText: run === null ? null : renderSummaryJson(run.results) });
  const reports = writtenReports(files);
  const artifactName = reports.html === null ? null : (inputs.artifactName ?? defaultArtifact(inputs.command, env));
  setVariables(variablesOf(outcome, reports, artifactName));
  if (run?.kind === 'judged' || run?.kind === 'judged-pipeline') logFindings(run.top.findings, run.exitCode === 1 ? 'error' : 'warning');
  if (reports.markdown !== null) task.uploadSummary(reports.markdown);
  if (run !== null) task.addAttachment('verapipe-summary', inputs.command, files.summary);
  // The agent reads them later, and the next step may clear the folder of the results by then.
  const results = run?.files.results ?? null;
  if (results !== null) task.addAttachment('verapipe-results', inputs.command, copied(results));
  if (reports.html !== null) task.addAttachment('verapipe-report', inputs.command, reports.html);
  if (reports.sarif !== null) task.addAttachment('verapipe-sarif', inputs.command, reports.sarif);
  // A test that could not be made is a failed one to Azure; who skips on purpose wants none.
  if (reports.junit !== null && outcome.exitCode !== SKIPPED) new task.TestPublisher('JUnit').publish([reports.junit], 'false', '', '', 'Veracode', 'true', 'verapipe');
  if (artifactName !== null) task.uploadArtifact(artifactName, files.folder, artifactName);
}

/** A report without results is not written, apart from those that say so. */
function writtenReports({ reports }: TaskFiles): WrittenReports {
  return Object.fromEntries(Object.entries(reports).map(([format, path]) => [format, existsSync(path) ? path : null])) as WrittenReports;
}

/** Tasks of one build, and legs of a matrix, do not share an artifact; a repeated job takes its own again. */
function defaultArtifact(command: string, env: Env): string {
  const place = ['SYSTEM_JOBID', 'SYSTEM_TASKINSTANCEID'].map((name) => env[name] ?? '').join('/');
  return `veracode-${command}-${createHash('sha256').update(place).digest('hex').slice(0, 8)}`;
}

type WrittenReports = Readonly<Record<ShownFormat, string | null>>;

function variablesOf({ exitCode, run, judgement }: Outcome, { sarif, html, junit, markdown }: WrittenReports, artifactName: string | null): Readonly<Record<OutputVariable, string | number | null>> {
  return { ...outcomeFacts(run?.results ?? null, judgement), exitCode, artifactName, resultsFile: run?.files.results ?? null, sarifFile: sarif, htmlFile: html, junitFile: junit, summaryFile: markdown };
}

/** Set also where there is nothing: a value of an earlier step must not stand for this one. */
function setVariables(variables: ReturnType<typeof variablesOf>): void {
  for (const [name, value] of Object.entries(variables)) task.setVariable(name, harmless(String(value ?? '')), false, true);
}

function logFindings(findings: readonly Finding[], kind: 'error' | 'warning'): void {
  const type = kind === 'error' ? task.IssueType.Error : task.IssueType.Warning;
  for (const finding of findings.slice(0, issuesLeft(kind))) {
    const { repositoryPath, file, line } = finding.location;
    const path = repositoryPath ?? file;
    const code = finding.cwe === null ? undefined : `CWE-${String(finding.cwe)}`;
    task.logIssue(type, harmless(headlineOf(finding)), path === null ? undefined : harmless(path), path === null ? undefined : (line ?? undefined), undefined, code);
  }
}
