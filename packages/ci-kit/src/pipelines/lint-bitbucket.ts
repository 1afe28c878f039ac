import { isMap, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';

import { parseBoolean } from '../options/parse-boolean.js';
import { lintShell } from './lint-shell.js';
import { type LintedCalls, type PipelineCall, type ReportOnly, REPORT_ONLY_VARIABLE } from './pipeline-call.js';
import { isScanName } from './scan-call.js';
import { callsInScript } from './script-calls.js';
import type { Swallow } from './swallow.js';
import type { YamlPipeline } from './yaml-pipeline.js';

/** The first failing command fails the step; a pipe has the code of its last command. */
const START = { errexit: true, pipefail: false };

/** Pipelines, branches, stages, parallel steps: nobody nests deeper. */
const DEEPEST = 40;

/** Finds what swallows failures in a pipeline of Bitbucket. */
export function lintBitbucket(pipeline: YamlPipeline): LintedCalls {
  const swallows: Swallow[] = [];
  const calls: PipelineCall[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node | null, depth: number, around: ReportOnly | null): void => {
    if (node === null || depth > DEEPEST || seen.has(node)) return;
    seen.add(node);
    if (isSeq(node)) {
      const asked = askedIn(pipeline, node) ?? around;
      for (const item of node.items) visit(pipeline.resolve(item), depth + 1, asked);
    }
    if (!isMap(node)) return;
    if (pipeline.get(node, 'script') !== null || pipeline.get(node, 'after-script') !== null) {
      const found = lintStep(pipeline, node, around);
      swallows.push(...found.swallows);
      calls.push(...found.calls);
    }
    for (const { value } of node.items) visit(pipeline.resolve(value), depth + 1, around);
  };
  for (const root of pipeline.roots) visit(root, 0, null);
  return { calls, swallows };
}

/** The variables of a custom pipeline stand before its steps, with their defaults. */
function askedIn(pipeline: YamlPipeline, steps: YAMLSeq): ReportOnly | null {
  for (const item of steps.items) {
    const map = pipeline.resolve(item);
    const variables = isMap(map) ? pipeline.get(map, 'variables') : null;
    for (const variable of isSeq(variables) ? variables.items.map((other) => pipeline.resolve(other)) : []) {
      if (isMap(variable) && pipeline.text(pipeline.get(variable, 'name')) === REPORT_ONLY_VARIABLE && isOn(pipeline.text(pipeline.get(variable, 'default')))) {
        return { line: pipeline.lineOf(variable), how: REPORT_ONLY_VARIABLE };
      }
    }
  }
  return null;
}

function lintStep(pipeline: YamlPipeline, step: YAMLMap, around: ReportOnly | null): LintedCalls {
  const script = pipeline.scriptLines(pipeline.get(step, 'script'));
  const pipes = pipesOf(pipeline, pipeline.get(step, 'script'));
  const late = pipesOf(pipeline, pipeline.get(step, 'after-script'));
  const calls = [...callsInScript(script, 'posix', around), ...pipes.map((pipe) => callOfPipe(pipeline, pipe))];
  const lateCalls = [...callsInScript(pipeline.scriptLines(pipeline.get(step, 'after-script')), 'posix', around), ...late.map((pipe) => callOfPipe(pipeline, pipe))];
  const lost = lateCalls.map(({ line }): Swallow => ({ line, rule: 'after-script', what: 'The exit codes of after-script do not change the result of the step.', instead: 'Call it in script.' }));
  const swallows = calls.length === 0 ? lost : [...lintShell(script, START), ...lost, ...pipes.flatMap(({ node }) => lintPipe(pipeline, node)), ...lintOnFail(pipeline, step)];
  return { calls: [...calls, ...lateCalls], swallows };
}

/** A pipe sees no variables but its own. */
function callOfPipe(pipeline: YamlPipeline, { node, line, name: text }: Pipe): PipelineCall {
  const variables = pipeline.get(node, 'variables');
  if (!isMap(variables)) return { line, text, command: 'scan', reportOnly: null };
  const given = pipeline.keys(variables).find(({ name }) => /^(?:verapipe_)?report_only$/iu.test(name) && isOn(pipeline.text(pipeline.get(variables, name))));
  const command = pipeline.text(pipeline.get(variables, 'COMMAND')) ?? 'scan';
  return { line, text, command, reportOnly: given === undefined ? null : { line: given.line, how: given.name } };
}

interface Pipe {
  readonly name: string;
  readonly line: number;
  readonly node: YAMLMap;
}

function pipesOf(pipeline: YamlPipeline, script: Node | null): readonly Pipe[] {
  const items = isSeq(script) ? script.items.map((item) => pipeline.resolve(item)) : [];
  return items.flatMap((node) => {
    const name = isMap(node) ? pipeline.text(pipeline.get(node, 'pipe')) : null;
    return isMap(node) && name !== null && isScanName(name) ? [{ name, node, line: pipeline.lineOf(node) }] : [];
  });
}

/** Pipes of many vendors have such a variable. */
function lintPipe(pipeline: YamlPipeline, pipe: YAMLMap): readonly Swallow[] {
  const variables = pipeline.get(pipe, 'variables');
  if (!isMap(variables)) return [];
  return pipeline.keys(variables).flatMap(({ name, line }): readonly Swallow[] => {
    const value = parseBoolean(pipeline.text(pipeline.get(variables, name)) ?? '');
    const isTolerant = (/^dont_break_build$/iu.test(name) && value === true) || (/^(?:fail_build|break_build)$/iu.test(name) && value === false);
    return isTolerant ? [{ line, rule: 'tolerant-task', what: `The pipe succeeds in spite of failures, because of ${name}.`, instead: `Take ${name} out.` }] : [];
  });
}

/** @see support.atlassian.com "Step options": a step whose failure strategy is to ignore it */
function lintOnFail(pipeline: YamlPipeline, step: YAMLMap): readonly Swallow[] {
  const node = pipeline.get(step, 'on-fail');
  const strategy = isMap(node) ? pipeline.text(pipeline.get(node, 'strategy')) : pipeline.text(node);
  return strategy === 'ignore' ? [{ line: pipeline.lineOfKey(step, 'on-fail'), rule: 'on-fail-ignore', what: 'The pipeline goes on when the step fails.', instead: 'Take on-fail out.' }] : [];
}

function isOn(text: string | null): boolean {
  return parseBoolean(text ?? '') === true;
}
