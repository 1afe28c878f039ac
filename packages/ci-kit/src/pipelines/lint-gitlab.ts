import { isMap, isSeq, type Node, type YAMLMap } from 'yaml';

import { isScanCall, isScanName } from './scan-call.js';
import { lintShell } from './lint-shell.js';
import type { Swallow } from './swallow.js';
import type { YamlPipeline } from './yaml-pipeline.js';

/** The runner starts shells with both. @see docs.gitlab.com "Shells supported by GitLab Runner" */
const START = { errexit: true, pipefail: true };

/** GitLab's own limit. */
const MOST_PARENTS = 11;

/** One job with all that it inherits within the file, nearest first. */
interface Job {
  readonly name: string;
  readonly maps: readonly YAMLMap[];
  /** Templates of other files. */
  readonly foreign: readonly string[];
}

/** Finds what swallows failures in a pipeline of GitLab. Included files are not read. */
export function lintGitlab(pipeline: YamlPipeline): readonly Swallow[] {
  const jobs = jobsOf(pipeline);
  const scanning = jobs.filter((job) => scans(pipeline, job));
  const names = new Set(scanning.map(({ name }) => name));
  return [
    ...scanning.flatMap((job) => [...lintScripts(pipeline, job), ...lintKeys(pipeline, job)]),
    ...jobs.filter(({ name }) => !names.has(name)).flatMap((job) => lintDependent(pipeline, job, names)),
  ];
}

function jobsOf(pipeline: YamlPipeline): readonly Job[] {
  return pipeline.roots.flatMap((root) =>
    pipeline.keys(root).flatMap(({ name }): readonly Job[] => {
      const map = pipeline.get(root, name);
      if (!isMap(map) || ['default', 'variables', 'workflow', 'include', 'spec', 'stages', 'image', 'cache'].includes(name)) return [];
      const foreign: string[] = [];
      const parents = parentsOf(pipeline, root, map, foreign, 0);
      const defaults = pipeline.get(root, 'default');
      return [{ name, maps: [map, ...parents, ...(isMap(defaults) ? [defaults] : [])], foreign }];
    }),
  );
}

function parentsOf(pipeline: YamlPipeline, root: YAMLMap, map: YAMLMap, foreign: string[], depth: number): readonly YAMLMap[] {
  if (depth >= MOST_PARENTS) return [];
  const node = pipeline.get(map, 'extends');
  const names = isSeq(node) ? node.items.map((item) => pipeline.text(item) ?? '') : [pipeline.text(node) ?? ''];
  // Of several parents the last one wins.
  return names.toReversed().flatMap((name) => {
    const parent = name === '' ? null : pipeline.get(root, name);
    if (isMap(parent)) return [parent, ...parentsOf(pipeline, root, parent, foreign, depth + 1)];
    if (name !== '') foreign.push(name);
    return [];
  });
}

/** The nearest map of a job that has a key. */
function nearest(pipeline: YamlPipeline, { maps }: Job, key: string): { readonly map: YAMLMap; readonly node: Node } | null {
  for (const map of maps) {
    const node = pipeline.get(map, key);
    if (node !== null) return { map, node };
  }
  return null;
}

const SCRIPTS = ['before_script', 'script', 'after_script'] as const;

function scans(pipeline: YamlPipeline, job: Job): boolean {
  if (job.foreign.some(isScanName)) return true;
  return SCRIPTS.some((key) => pipeline.scriptLines(nearest(pipeline, job, key)?.node).some(({ text }) => isScanCall(text)));
}

function lintScripts(pipeline: YamlPipeline, job: Job): readonly Swallow[] {
  const [before, script, after] = SCRIPTS.map((key) => pipeline.scriptLines(nearest(pipeline, job, key)?.node));
  const lost = (after ?? []).filter(({ text }) => isScanCall(text));
  return [
    // Both are one shell.
    ...lintShell([...(before ?? []), ...(script ?? [])], START),
    ...lost.map(({ line }): Swallow => ({ line, rule: 'after-script', what: 'The exit codes of after_script are not looked at.', instead: 'Call it in script.' })),
  ];
}

function lintKeys(pipeline: YamlPipeline, job: Job): readonly Swallow[] {
  const swallows: Swallow[] = [];
  const tolerated = nearest(pipeline, job, 'allow_failure');
  if (tolerated !== null) swallows.push(...allowFailure(pipeline, tolerated.map, tolerated.node));
  const when = nearest(pipeline, job, 'when');
  if (when !== null && pipeline.text(when.node) === 'manual' && tolerated === null) {
    swallows.push({ line: pipeline.lineOfKey(when.map, 'when'), rule: 'manual', what: 'A manual job may fail, or never run, and the pipeline passes: allow_failure is true for it unless it is written otherwise.', instead: 'Let it run by itself, or write allow_failure: false beside it.' });
  }
  const rules = nearest(pipeline, job, 'rules')?.node;
  for (const item of isSeq(rules) ? rules.items : []) {
    const rule = pipeline.resolve(item);
    const node = isMap(rule) ? pipeline.get(rule, 'allow_failure') : null;
    if (isMap(rule) && node !== null) swallows.push(...allowFailure(pipeline, rule, node));
  }
  return swallows;
}

function allowFailure(pipeline: YamlPipeline, map: YAMLMap, node: Node): readonly Swallow[] {
  const line = pipeline.lineOfKey(map, 'allow_failure');
  const instead = 'Take allow_failure out.';
  if (isMap(node)) {
    const codes = pipeline.get(node, 'exit_codes');
    const listed = isSeq(codes) ? codes.items.map((item) => pipeline.text(item) ?? '').join(', ') : (pipeline.text(codes) ?? '');
    // Skipped for lack of credentials is no verdict: a CI without such a state shows it so.
    return listed === '8' ? [] : [{ line, rule: 'allow-failure', what: `The pipeline passes when the job ends with ${listed === '' ? 'one of its exit codes' : listed}.`, instead }];
  }
  return pipeline.text(node)?.toLowerCase() === 'true' ? [{ line, rule: 'allow-failure', what: 'The pipeline passes when the job fails.', instead }] : [];
}

/** A job that deploys whatever became of the scan that it needs. */
function lintDependent(pipeline: YamlPipeline, job: Job, scanning: ReadonlySet<string>): readonly Swallow[] {
  const when = nearest(pipeline, job, 'when');
  if (when === null || !['always', 'on_failure'].includes(pipeline.text(when.node) ?? '')) return [];
  const stage = pipeline.text(nearest(pipeline, job, 'stage')?.node) ?? '';
  const deploys = nearest(pipeline, job, 'environment') !== null || /deploy|release|publish|prod/iu.test(`${job.name} ${stage}`);
  const needs = nearest(pipeline, job, 'needs')?.node;
  const names = isSeq(needs) ? needs.items.map((item) => needOf(pipeline, pipeline.resolve(item))) : [];
  // Without needs a job waits for all stages before it.
  if (!deploys || scanning.size === 0 || (isSeq(needs) && !names.some((name) => scanning.has(name)))) return [];
  return [{ line: pipeline.lineOfKey(when.map, 'when'), rule: 'runs-anyway', what: 'It deploys whatever became of the scan before it.', instead: 'Take when out: a job runs when those before it have succeeded.' }];
}

function needOf(pipeline: YamlPipeline, node: Node | null): string {
  return (isMap(node) ? pipeline.text(pipeline.get(node, 'job')) : pipeline.text(node)) ?? '';
}
