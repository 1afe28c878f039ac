import { isMap, isSeq, type Node, type YAMLMap } from 'yaml';

import { lintShell } from './lint-shell.js';
import { lintBatch, lintPowerShell } from './lint-windows-shells.js';
import { type LintedCalls, type PipelineCall, type ReportOnly, REPORT_ONLY_VARIABLE } from './pipeline-call.js';
import { isScanName } from './scan-call.js';
import { callsInScript, type ShellKind } from './script-calls.js';
import type { ScriptLine } from './shell-commands.js';
import type { Swallow } from './swallow.js';
import { literalOf, readSwitch } from './written-switch.js';
import type { YamlPipeline } from './yaml-pipeline.js';

/** Nobody nests stages, jobs and steps deeper, templates' conditions included. */
const DEEPEST = 40;

/** Azure starts shells without `set -e`. @see learn.microsoft.com "Bash@3 task" */
const START = { errexit: false, pipefail: false };

/** What a step runs, and in which shell. */
interface Script {
  readonly shell: ShellKind;
  readonly lines: readonly ScriptLine[];
}

/** Finds what swallows failures in a pipeline of Azure, or in one of its templates. */
export function lintAzure(pipeline: YamlPipeline): LintedCalls {
  const swallows: Swallow[] = [];
  const calls: PipelineCall[] = [];
  const scanners = new Set<string>();
  const seen = new Set<Node>();
  const visit = (node: Node | null, around: readonly YAMLMap[]): void => {
    if (node === null || around.length > DEEPEST || seen.has(node)) return;
    seen.add(node);
    if (isSeq(node)) for (const item of node.items) visit(pipeline.resolve(item), around);
    if (!isMap(node)) return;
    const found = lintStep(pipeline, node, reportOnlyAround(pipeline, [...around, node]));
    if (found !== null) {
      calls.push(...found.calls);
      swallows.push(...found.swallows, ...[...around, node].flatMap((map) => lintAround(pipeline, map)));
      for (const map of around) for (const key of ['job', 'stage', 'deployment']) scanners.add(pipeline.text(pipeline.get(map, key)) ?? '');
    }
    for (const { value } of node.items) visit(pipeline.resolve(value), [...around, node]);
  };
  for (const root of pipeline.roots) visit(root, []);
  scanners.delete('');
  for (const node of seen) if (isMap(node)) swallows.push(...lintDependent(pipeline, node, scanners));
  return { calls, swallows };
}

/** @returns null for a step that scans nothing */
function lintStep(pipeline: YamlPipeline, step: YAMLMap, around: ReportOnly | null): LintedCalls | null {
  const task = pipeline.text(pipeline.get(step, 'task'));
  const inputs = pipeline.get(step, 'inputs');
  if (task !== null && isScanName(task)) {
    const given = isMap(inputs) ? inputs : null;
    return { calls: [callOfTask(pipeline, { step, task, inputs: given }, around)], swallows: given === null ? [] : lintTask(pipeline, given) };
  }
  const script = scriptOf(pipeline, step, { task, inputs });
  const calls = script === null ? [] : callsInScript(script.lines, script.shell, around);
  if (script === null || calls.length === 0) return null;
  const ignored = isMap(inputs) && isTrue(pipeline.text(pipeline.get(inputs, 'ignoreLASTEXITCODE'))) ? inputs : isTrue(pipeline.text(pipeline.get(step, 'ignoreLASTEXITCODE'))) ? step : null;
  return { calls, swallows: [...lintScript(script), ...(ignored === null ? [] : [ignoredExitCode(pipeline.lineOfKey(ignored, 'ignoreLASTEXITCODE'))])] };
}

/** Our task has the words of the command line, in camel case; the vendor's has its own. */
function callOfTask(pipeline: YamlPipeline, { step, task, inputs }: { readonly step: YAMLMap; readonly task: string; readonly inputs: YAMLMap | null }, around: ReportOnly | null): PipelineCall {
  const line = pipeline.lineOfKey(step, 'task');
  if (!/verapipe/iu.test(task)) return { line, text: task, command: null, reportOnly: null };
  const input = (wanted: string): { readonly name: string; readonly line: number } | undefined => (inputs === null ? undefined : pipeline.keys(inputs).find(({ name }) => name.toLowerCase() === wanted.toLowerCase()));
  const valueOf = (name: string | undefined): string | null => (inputs === null || name === undefined ? null : pipeline.text(pipeline.get(inputs, name)));
  const given = input('reportOnly');
  const isOn = readSwitch(valueOf(given?.name));
  const own = given === undefined || isOn !== true ? null : { line: given.line, how: 'reportOnly: true' };
  const command = literalOf(valueOf(input('command')?.name) ?? 'scan').replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
  return { line, text: task, command, reportOnly: isOn === null ? around : own };
}

/** The nearest place that sets the variable: the environment of a step, or variables of its job, its stage or the pipeline. */
function reportOnlyAround(pipeline: YamlPipeline, maps: readonly YAMLMap[]): ReportOnly | null {
  for (const map of maps.toReversed()) {
    for (const key of ['env', 'variables']) {
      const found = variableIn(pipeline, pipeline.get(map, key));
      if (found !== null) return readSwitch(found.value) === true ? { line: found.line, how: REPORT_ONLY_VARIABLE } : null;
    }
  }
  return null;
}

/** A variable of a map, or of a list of names and values. Scripts see names in capitals, with `_` for `.`. */
function variableIn(pipeline: YamlPipeline, node: Node | null): { readonly line: number; readonly value: string | null } | null {
  const isMeant = (name: string): boolean => name.replace(/[. ]/gu, '_').toUpperCase() === REPORT_ONLY_VARIABLE;
  if (isMap(node)) {
    const key = pipeline.keys(node).find(({ name }) => isMeant(name));
    return key === undefined ? null : { line: key.line, value: pipeline.text(pipeline.get(node, key.name)) };
  }
  if (!isSeq(node)) return null;
  const items = node.items.map((item) => pipeline.resolve(item)).filter((item) => isMap(item));
  const named = items.find((item) => isMeant(pipeline.text(pipeline.get(item, 'name')) ?? ''));
  return named === undefined ? null : { line: pipeline.lineOf(named), value: pipeline.text(pipeline.get(named, 'value')) };
}

function scriptOf(pipeline: YamlPipeline, step: YAMLMap, { task, inputs }: { readonly task: string | null; readonly inputs: Node | null }): Script | null {
  for (const key of ['bash', 'script', 'pwsh', 'powershell']) {
    const lines = pipeline.scriptLines(pipeline.get(step, key));
    if (lines.length > 0) return { lines, shell: key === 'bash' ? 'posix' : key === 'script' ? shellOf(lines) : 'powershell' };
  }
  if (task === null || !isMap(inputs)) return null;
  const lines = pipeline.scriptLines(pipeline.get(inputs, 'script') ?? pipeline.get(inputs, 'inlineScript'));
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
    isFalse(pipeline.text(pipeline.get(inputs, input)))
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
  for (const key of ['enabled', 'condition']) {
    if (isFalse(pipeline.text(pipeline.get(map, key)))) {
      swallows.push({ line: pipeline.lineOfKey(map, key), rule: 'disabled', what: 'The call never runs, so it cannot fail.', instead: `Take ${key}: false out.` });
    }
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
  return /^(?:true|yes|on|1)$/iu.test(literalOf(text ?? ''));
}

function isFalse(text: string | null): boolean {
  return literalOf(text ?? '').toLowerCase() === 'false';
}
