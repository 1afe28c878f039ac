import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';

import { outcomeFacts, type FileJudgement, type PipelineRunResult, type RunResult } from '@verapipe/ci-kit';
import type { Env, Finding } from '@verapipe/core';
import { headlineOf, renderSummaryJson } from '@verapipe/reports';
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

function variablesOf({ exitCode, run, judgement }: Outcome, { sarif, html, junit, markdown }: Readonly<Record<ShownFormat, string | null>>): Readonly<Record<OutputVariable, string | number | null>> {
  return { ...outcomeFacts(run?.results ?? null, judgement), exitCode, resultsFile: run?.files.results ?? null, sarifFile: sarif, htmlFile: html, junitFile: junit, summaryFile: markdown };
}

/** Set also where there is nothing: a value of an earlier step must not stand for this one. */
function setVariables(variables: ReturnType<typeof variablesOf>): void {
  for (const [name, value] of Object.entries(variables)) task.setVariable(name, harmless(String(value ?? '')), false, true);
}

function logFindings(findings: readonly Finding[], isFailed: boolean): void {
  const type = isFailed ? task.IssueType.Error : task.IssueType.Warning;
  for (const finding of findings.slice(0, SHOWN_FINDINGS)) {
    const { repositoryPath, file, line } = finding.location;
    const path = repositoryPath ?? file;
    const code = finding.cwe === null ? undefined : `CWE-${String(finding.cwe)}`;
    task.logIssue(type, harmless(headlineOf(finding)), path === null ? undefined : harmless(path), path === null ? undefined : (line ?? undefined), undefined, code);
  }
}
