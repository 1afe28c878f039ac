import { isMap, isSeq, type Node, type YAMLMap } from 'yaml';

import { lintShell } from './lint-shell.js';
import { isScanCall, isScanName } from './scan-call.js';
import type { Swallow } from './swallow.js';
import type { YamlPipeline } from './yaml-pipeline.js';

/** The first failing command fails the step; a pipe has the code of its last command. */
const START = { errexit: true, pipefail: false };

/** Pipelines, branches, stages, parallel steps: nobody nests deeper. */
const DEEPEST = 40;

/** Finds what swallows failures in a pipeline of Bitbucket. */
export function lintBitbucket(pipeline: YamlPipeline): readonly Swallow[] {
  const swallows: Swallow[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node | null, depth: number): void => {
    if (node === null || depth > DEEPEST || seen.has(node)) return;
    seen.add(node);
    if (isSeq(node)) for (const item of node.items) visit(pipeline.resolve(item), depth + 1);
    if (!isMap(node)) return;
    if (pipeline.get(node, 'script') !== null || pipeline.get(node, 'after-script') !== null) swallows.push(...lintStep(pipeline, node));
    for (const { value } of node.items) visit(pipeline.resolve(value), depth + 1);
  };
  for (const root of pipeline.roots) visit(root, 0);
  return swallows;
}

function lintStep(pipeline: YamlPipeline, step: YAMLMap): readonly Swallow[] {
  const script = pipeline.scriptLines(pipeline.get(step, 'script'));
  const pipes = pipesOf(pipeline, pipeline.get(step, 'script'));
  const lost = [
    ...pipeline.scriptLines(pipeline.get(step, 'after-script')).filter(({ text }) => isScanCall(text)).map(({ line }) => line),
    ...pipesOf(pipeline, pipeline.get(step, 'after-script')).map(({ line }) => line),
  ].map((line): Swallow => ({ line, rule: 'after-script', what: 'The exit codes of after-script do not change the result of the step.', instead: 'Call it in script.' }));
  const isScanning = pipes.length > 0 || script.some(({ text }) => isScanCall(text));
  if (!isScanning) return lost;
  return [...lintShell(script, START), ...lost, ...pipes.flatMap(({ node }) => lintPipe(pipeline, node)), ...lintOnFail(pipeline, step)];
}

interface Pipe {
  readonly line: number;
  readonly node: YAMLMap;
}

function pipesOf(pipeline: YamlPipeline, script: Node | null): readonly Pipe[] {
  const items = isSeq(script) ? script.items.map((item) => pipeline.resolve(item)) : [];
  return items.flatMap((node) => {
    const name = isMap(node) ? pipeline.text(pipeline.get(node, 'pipe')) : null;
    return isMap(node) && name !== null && isScanName(name) ? [{ node, line: pipeline.lineOf(node) }] : [];
  });
}

/** Pipes of many vendors have such a variable. */
function lintPipe(pipeline: YamlPipeline, pipe: YAMLMap): readonly Swallow[] {
  const variables = pipeline.get(pipe, 'variables');
  if (!isMap(variables)) return [];
  return pipeline.keys(variables).flatMap(({ name, line }): readonly Swallow[] => {
    const value = pipeline.text(pipeline.get(variables, name))?.toLowerCase();
    const isTolerant = (/^(?:dont_break_build|report_only)$/iu.test(name) && value === 'true') || (/^(?:fail_build|break_build)$/iu.test(name) && value === 'false');
    return isTolerant ? [{ line, rule: 'tolerant-task', what: `The pipe succeeds in spite of failures, because of ${name}.`, instead: `Take ${name} out.` }] : [];
  });
}

/** @see support.atlassian.com "Step options": a step whose failure strategy is to ignore it */
function lintOnFail(pipeline: YamlPipeline, step: YAMLMap): readonly Swallow[] {
  const node = pipeline.get(step, 'on-fail');
  const strategy = isMap(node) ? pipeline.text(pipeline.get(node, 'strategy')) : pipeline.text(node);
  return strategy === 'ignore' ? [{ line: pipeline.lineOfKey(step, 'on-fail'), rule: 'on-fail-ignore', what: 'The pipeline goes on when the step fails.', instead: 'Take on-fail out.' }] : [];
}
