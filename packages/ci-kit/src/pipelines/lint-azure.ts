import { isMap, isSeq, type Node, type YAMLMap } from 'yaml';

import { isScanCall, isScanName } from './scan-call.js';
import type { ScriptLine } from './shell-commands.js';
import { lintShell } from './lint-shell.js';
import { lintBatch, lintPowerShell } from './lint-windows-shells.js';
import type { Swallow } from './swallow.js';
import type { YamlPipeline } from './yaml-pipeline.js';

/** Nobody nests stages, jobs and steps deeper, templates' conditions included. */
const DEEPEST = 40;

/** Azure starts shells without `set -e`. @see learn.microsoft.com "Bash@3 task" */
const START = { errexit: false, pipefail: false };

/** What a step runs, and in which shell. */
interface Script {
  readonly shell: 'posix' | 'powershell' | 'batch';
  readonly lines: readonly ScriptLine[];
}

/** Finds what swallows failures in a pipeline of Azure, or in one of its templates. */
export function lintAzure(pipeline: YamlPipeline): readonly Swallow[] {
  const swallows: Swallow[] = [];
  const scanners = new Set<string>();
  const seen = new Set<Node>();
  const visit = (node: Node | null, around: readonly YAMLMap[]): void => {
    if (node === null || around.length > DEEPEST || seen.has(node)) return;
    seen.add(node);
    if (isSeq(node)) for (const item of node.items) visit(pipeline.resolve(item), around);
    if (!isMap(node)) return;
    const found = lintStep(pipeline, node);
    if (found !== null) {
      swallows.push(...found, ...[...around, node].flatMap((map) => lintAround(pipeline, map)));
      for (const map of around) for (const key of ['job', 'stage', 'deployment']) scanners.add(pipeline.text(pipeline.get(map, key)) ?? '');
    }
    for (const { value } of node.items) visit(pipeline.resolve(value), [...around, node]);
  };
  for (const root of pipeline.roots) visit(root, []);
  scanners.delete('');
  for (const node of seen) if (isMap(node)) swallows.push(...lintDependent(pipeline, node, scanners));
  return swallows;
}

/** @returns null for a step that scans nothing */
function lintStep(pipeline: YamlPipeline, step: YAMLMap): readonly Swallow[] | null {
  const task = pipeline.text(pipeline.get(step, 'task'));
  const inputs = pipeline.get(step, 'inputs');
  if (task !== null && isScanName(task)) return isMap(inputs) ? lintTask(pipeline, inputs) : [];
  const script = scriptOf(pipeline, step, { task, inputs });
  if (script === null || !script.lines.some(({ text }) => isScanCall(text))) return null;
  const ignored = isMap(inputs) && isTrue(pipeline.text(pipeline.get(inputs, 'ignoreLASTEXITCODE'))) ? inputs : isTrue(pipeline.text(pipeline.get(step, 'ignoreLASTEXITCODE'))) ? step : null;
  return [...lintScript(script), ...(ignored === null ? [] : [ignoredExitCode(pipeline.lineOfKey(ignored, 'ignoreLASTEXITCODE'))])];
}

function scriptOf(pipeline: YamlPipeline, step: YAMLMap, { task, inputs }: { readonly task: string | null; readonly inputs: Node | null }): Script | null {
  for (const key of ['bash', 'script', 'pwsh', 'powershell']) {
    const lines = pipeline.scriptLines(pipeline.get(step, key));
    if (lines.length > 0) return { lines, shell: key === 'bash' ? 'posix' : key === 'script' ? shellOf(lines) : 'powershell' };
  }
  if (task === null || !isMap(inputs)) return null;
  const lines = pipeline.scriptLines(pipeline.get(inputs, 'script'));
  if (lines.length === 0) return null;
  return { lines, shell: /^powershell@/iu.test(task) ? 'powershell' : /^(?:cmdline|batchscript)@/iu.test(task) ? shellOf(lines) : 'posix' };
}

/** `script` is cmd on Windows and bash elsewhere; only its words tell. */
function shellOf(lines: readonly ScriptLine[]): Script['shell'] {
  return lines.some(({ text }) => /%\w+%|^\s*@?echo\s+off|^\s*call\s|\bexit\s+\/b|errorlevel/iu.test(text)) ? 'batch' : 'posix';
}

function lintScript({ shell, lines }: Script): readonly Swallow[] {
  switch (shell) {
    case 'posix':
      return lintShell(lines, START);
    case 'powershell':
      return lintPowerShell(lines);
    case 'batch':
      return lintBatch(lines);
  }
}

/** The vendor's task, when it is told to bear failures. */
function lintTask(pipeline: YamlPipeline, inputs: YAMLMap): readonly Swallow[] {
  return ['failBuildIfUploadAndScanBuildStepFails', 'failBuildOnPolicyFail', 'failBuildIfFlawImporterBuildStepFails'].flatMap((input) =>
    pipeline.text(pipeline.get(inputs, input))?.toLowerCase() === 'false'
      ? [{ line: pipeline.lineOfKey(inputs, input), rule: 'tolerant-task' as const, what: `The task succeeds in spite of failures: ${input} is false.`, instead: `Write ${input}: true.` }]
      : [],
  );
}

/** Keys of the step, of its job and of its stage. */
function lintAround(pipeline: YamlPipeline, map: YAMLMap): readonly Swallow[] {
  const swallows: Swallow[] = [];
  if (isTrue(pipeline.text(pipeline.get(map, 'continueOnError')))) {
    swallows.push({
      line: pipeline.lineOfKey(map, 'continueOnError'),
      rule: 'continue-on-error',
      what: 'A failure becomes "succeeded with issues", and everything that follows runs.',
      instead: 'Take continueOnError out; steps that must run in spite of a failure have condition: always().',
    });
  }
  if (pipeline.text(pipeline.get(map, 'enabled'))?.toLowerCase() === 'false') {
    swallows.push({ line: pipeline.lineOfKey(map, 'enabled'), rule: 'disabled', what: 'The step never runs, so it cannot fail.', instead: 'Take enabled: false out.' });
  }
  return swallows;
}

/** A job or a stage that deploys whatever became of the scan that it waits for. */
function lintDependent(pipeline: YamlPipeline, job: YAMLMap, scanners: ReadonlySet<string>): readonly Swallow[] {
  const dependsOn = pipeline.get(job, 'dependsOn');
  const names = isSeq(dependsOn) ? dependsOn.items.map((item) => pipeline.text(item) ?? '') : [pipeline.text(dependsOn) ?? ''];
  const condition = pipeline.text(pipeline.get(job, 'condition')) ?? '';
  const name = ['job', 'deployment', 'stage', 'displayName'].map((key) => pipeline.text(pipeline.get(job, key)) ?? '').join(' ');
  const deploys = pipeline.get(job, 'deployment') !== null || /deploy|release|publish|prod/iu.test(name);
  if (!deploys || !names.some((other) => scanners.has(other)) || !/\b(?:always|succeededOrFailed|failed)\s*\(\s*\)/iu.test(condition)) return [];
  return [{ line: pipeline.lineOfKey(job, 'condition'), rule: 'runs-anyway', what: 'It deploys whatever became of the scan before it.', instead: 'Take the condition out, or write condition: succeeded().' }];
}

function ignoredExitCode(line: number): Swallow {
  return { line, rule: 'ignored-exit-code', what: 'The exit code of the last program is not looked at.', instead: 'Take ignoreLASTEXITCODE out.' };
}

function isTrue(text: string | null): boolean {
  return /^(?:true|yes|on|1)$/iu.test(text ?? '');
}
