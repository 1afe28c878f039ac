import { resolve } from 'node:path';

import { ValidationError, VERSION, type ValidationIssue } from '@verapipe/core';
import { printable } from '@verapipe/reports';

import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { readTextFile } from '../leaks/read-text-file.js';
import { lintPipeline, type LintedPipeline } from '../pipelines/lint-pipeline.js';
import { SYSTEM_NAMES } from '../pipelines/pipeline-system.js';
import type { CheckedWork } from '../run/check-input.js';
import { type RunContext, shownPath } from '../run/run-context.js';
import { type LocalWork, runLocalTask } from '../run/run-local-task.js';
import type { TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';

/**
 * `verapipe drill`: ends with the exit code that is asked for, so that a team can prove that its pipeline fails, or
 * finds what swallows failures in a pipeline file (1 on a find). Never throws and sets nothing of the process.
 *
 * @see docs.veracode.com "Best practices for using the Veracode APIs"
 * @public
 */
export async function runDrill(input: TaskInput): Promise<TaskResult> {
  const { exit: code } = input.options.values;
  const checked = await runLocalTask(input, async (run) => (code === null ? checkLint(run, input) : checkExit(run, input, code)));
  return code !== null && isExitCode(code) && checked.kind === 'done' ? { kind: 'drilled', exitCode: code } : checked;
}

function checkExit(run: RunContext, input: TaskInput, code: number): CheckedWork<LocalWork> {
  const issues: ValidationIssue[] = [];
  if (run.options.pipelineFile !== null) issues.push({ path: 'lint', got: 'a file beside --exit', wanted: 'one of the two' });
  if (!isExitCode(code)) {
    issues.push({ path: 'exit', got: String(code), wanted: `one of the exit codes ${Object.keys(EXIT_CODES).join(', ')}` });
    return { issues, warnings: [], notices: [], work: null };
  }
  return { issues, warnings: [], notices: [], work: issues.length > 0 ? null : () => say(run, input, code) };
}

async function say(run: RunContext, input: TaskInput, code: ExitCode): Promise<boolean> {
  const meaning = EXIT_CODES[code];
  const document = { schemaVersion: 1, tool: { name: 'verapipe', version: VERSION }, drill: true, exitCode: code, meaning };
  await input.print(run.options.json ? `${JSON.stringify(document, null, 2)}\n` : `DRILL: nothing was scanned. This ends with ${code} because --exit asked for it; of a scan that would mean: ${meaning}.\n`);
  return true;
}

async function checkLint(run: RunContext, input: TaskInput): Promise<CheckedWork<LocalWork>> {
  const { pipelineFile, ci } = run.options;
  const fault = (got: string): CheckedWork<LocalWork> => ({ issues: [{ path: 'lint', got, wanted: WANTED }], warnings: [], notices: [], work: null });
  if (pipelineFile === null) {
    return { issues: [{ path: 'exit', got: 'nothing', wanted: 'an exit code, or --lint with a pipeline file' }], warnings: [], notices: [], work: null };
  }
  const file = resolve(input.cwd, pipelineFile);
  const shown = shownPath(file, input.cwd);
  const read = await readTextFile(file);
  if (read.kind === 'no-file') return fault(`${shown}, which does not exist`);
  if (read.kind === 'unreadable') return fault(`${shown}, which cannot be read (${read.code})`);
  if (read.kind === 'binary' || read.cut) return fault(`${shown}, which is no text that a person wrote`);
  const linted = lintPipeline({ path: shown.replaceAll('\\', '/'), text: read.text, system: ci });
  if ('fault' in linted) return fault(`${shown}, ${linted.fault}`);
  return { issues: [], warnings: [], notices: [], work: () => report(run, input, shown, linted) };
}

const WANTED = 'a pipeline file of Azure, GitLab, Bitbucket or Jenkins; --ci says which, where name and content do not';

async function report(run: RunContext, input: TaskInput, path: string, { system, swallows, calls }: LintedPipeline): Promise<boolean> {
  if (calls === 0 && swallows.length === 0) throw new ValidationError([{ path: 'lint', got: `${path}, which calls neither verapipe nor a tool of Veracode`, wanted: 'the file with the call; included files and templates are not read' }]);
  const document = { schemaVersion: 1, tool: { name: 'verapipe', version: VERSION }, file: path, ci: system, calls, swallows };
  await input.print(run.options.json ? `${JSON.stringify(document, null, 2)}\n` : renderText(path, { system, swallows, calls }));
  return swallows.length === 0;
}

function renderText(path: string, { system, swallows, calls }: LintedPipeline): string {
  const lines = swallows.map(({ line, rule, what, instead }) => `${printable(path)}:${line}  ${rule}: ${printable(what)}\n    Instead: ${printable(instead)}\n`);
  const places = swallows.length === 0 ? 'nothing swallows' : swallows.length === 1 ? 'one place swallows' : `${swallows.length} places swallow`;
  const where = calls === 1 ? 'the one call' : `the ${calls} calls`;
  return `${lines.join('')}${SYSTEM_NAMES[system]}: ${places} failures around ${where} in ${printable(path)}. Included files and templates are not read.\n`;
}

function isExitCode(code: number): code is ExitCode {
  return Object.hasOwn(EXIT_CODES, code);
}
