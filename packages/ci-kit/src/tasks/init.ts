import { type FileHandle, open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { ValidationError, VERSION, type ValidationIssue } from '@verapipe/core';
import { printable } from '@verapipe/reports';

import { onDisk, systemCode } from '../files/local-trouble.js';
import { PIPELINE_FILES, renderFirstPipeline } from '../pipelines/first-pipeline.js';
import { type PipelineSystem, SYSTEM_NAMES } from '../pipelines/pipeline-system.js';
import { buildOf, readRepository, type RepositoryFacts } from '../pipelines/what-is-built.js';
import type { CheckedWork } from '../run/check-input.js';
import type { RunContext } from '../run/run-context.js';
import { type LocalWork, runLocalTask } from '../run/run-local-task.js';
import type { TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';

/**
 * `verapipe init`: writes a first pipeline for a CI into the working folder, from what the repository says about itself.
 * Never overwrites, never throws and sets nothing of the process.
 *
 * @public
 */
export function runInit(input: TaskInput): Promise<TaskResult> {
  return runLocalTask(input, async (run): Promise<CheckedWork<LocalWork>> => {
    const { ci, app } = run.options;
    const issues: ValidationIssue[] = ci === null ? [{ path: 'ci', got: 'nothing', wanted: 'one of azure, gitlab, bitbucket and jenkins' }] : [];
    const facts = await readRepository(input.cwd);
    const name = app ?? facts.name ?? basename(input.cwd);
    if (ci === null) return { issues, warnings: [], notices: [], work: null };
    return { issues, warnings: [], notices: [], work: () => write(run, input, { ci, name, facts }) };
  });
}

interface Start {
  readonly ci: PipelineSystem;
  readonly name: string;
  readonly facts: RepositoryFacts;
}

async function write(run: RunContext, input: TaskInput, { ci, name, facts }: Start): Promise<boolean> {
  const { file, print, json, app } = run.options;
  const build = buildOf(facts.build, file);
  const { files } = build;
  const text = renderFirstPipeline(ci, { app: name, branch: facts.defaultBranch, build, version: VERSION });
  const path = PIPELINE_FILES[ci];
  if (!print) await writeNew(join(input.cwd, path), path, text);
  const source = app === null ? (facts.nameSource ?? 'the name of the folder') : '--app';
  const document = { schemaVersion: 1, tool: { name: 'verapipe', version: VERSION }, ci, file: print ? null : path, app: name, appSource: source, files, branch: facts.defaultBranch, build: facts.build.what, text };
  if (json) await input.print(`${JSON.stringify(document, null, 2)}\n`);
  else if (print) await input.print(text);
  else await input.print(renderText(path, ci, { app: `"${name}", from ${source}`, build: facts.build.what, files: files.join(', '), branch: facts.defaultBranch }));
  return true;
}

function renderText(path: string, ci: PipelineSystem, known: Readonly<Record<string, string>>): string {
  const lines = Object.entries(known).map(([what, value]) => `  ${what.padEnd(8)}${printable(value)}\n`);
  return `${path} written, for ${SYSTEM_NAMES[ci]}. What the repository said:\n${lines.join('')}Next: correct what is not so, set the two secrets that its first line names, and prove that the pipeline can fail: put \`verapipe drill --exit 1\` in the place of the gate once.\n`;
}

/** Written only where nothing was, whoever writes at the same time. */
async function writeNew(path: string, shown: string, text: string): Promise<void> {
  const handle = await openNew(path, shown);
  try {
    await onDisk(path, () => handle.writeFile(text, 'utf8'));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

async function openNew(path: string, shown: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx');
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') return onDisk(path, () => Promise.reject(error instanceof Error ? error : new Error(String(error))));
    throw new ValidationError([{ path: 'ci', got: `${shown}, which is there already and is never overwritten`, wanted: 'no such file; --print shows the pipeline, to be put into yours' }]);
  }
}
