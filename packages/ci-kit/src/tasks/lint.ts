import type { LintFinding, LintOutcome } from '@verapipe/artifact-lint';
import { checkArtifacts, VERSION } from '@verapipe/core';
import { printable, renderTextTable } from '@verapipe/reports';

import { lintCandidates, lintTargetOf } from '../artifacts/lint-artifacts.js';
import { readArtifacts } from '../artifacts/read-artifacts.js';
import { runLocalTask } from '../run/run-local-task.js';
import type { TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';

/**
 * `verapipe lint`: tells what the platform would reject or scan badly. Ends with 1 where it would reject something, and
 * with 2 for files that cannot be uploaded at all. Needs no credentials, and asks nobody. Never throws and sets nothing of
 * the process.
 *
 * @public
 */
export function runLint(input: TaskInput): Promise<TaskResult> {
  return runLocalTask(input, async ({ options }) => {
    const { file, exclude, saveAs, lintIgnore, json, for: purpose } = options;
    const artifacts = await readArtifacts({ cwd: input.cwd, files: file, exclude, saveAs });
    // A pattern without matches leaves no files, which is one fault and not two.
    const faults = artifacts.issues.length > 0 && artifacts.candidates.length === 0 ? [] : checkArtifacts(artifacts.candidates);
    const { outcome, issues } = await lintCandidates(artifacts.candidates, { ignore: lintIgnore, target: lintTargetOf(purpose), signal: input.signal });
    return {
      issues: [...artifacts.issues, ...faults, ...issues],
      warnings: [],
      notices: artifacts.notices,
      work: outcome === null ? null : () => tell(input, outcome, { ignored: lintIgnore, json }),
    };
  });
}

async function tell(input: TaskInput, outcome: LintOutcome, { ignored, json }: { readonly ignored: readonly string[]; readonly json: boolean }): Promise<boolean> {
  await input.print(json ? renderJson(outcome, ignored) : renderText(outcome, input.width));
  return count(outcome, 'error') === 0;
}

function count({ findings }: LintOutcome, wanted: LintFinding['severity']): number {
  return findings.filter(({ severity }) => severity === wanted).length;
}

function renderText(outcome: LintOutcome, width: number): string {
  const { findings, artifacts } = outcome;
  const rows = findings.map(({ severity, rule, artifact, sentence }) => [severity, rule, artifact, sentence]);
  const advice = new Map(findings.map(({ rule, advice: text }) => [rule, text]));
  return [
    findings.length === 0 ? '' : `${renderTextTable(['SEVERITY', 'RULE', 'ARTIFACT', 'FINDING'], rows, width)}\n`,
    ...[...advice].map(([rule, text]) => `${rule}: ${printable(text)}\n`),
    findings.length === 0 ? '' : '\n',
    `${plural(count(outcome, 'error'), 'error')} and ${plural(count(outcome, 'warning'), 'warning')} in ${plural(artifacts.length, 'artifact')}.\n`,
  ].join('');
}

function plural(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}

function renderJson(outcome: LintOutcome, ignored: readonly string[]): string {
  const { artifacts, findings } = outcome;
  const counts = { errors: count(outcome, 'error'), warnings: count(outcome, 'warning') };
  return `${JSON.stringify({ schemaVersion: 1, tool: { name: 'verapipe', version: VERSION }, ignored, counts, artifacts, findings }, null, 2)}\n`;
}
