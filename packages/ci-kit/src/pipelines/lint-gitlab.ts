import { isMap, isSeq, type Node, type YAMLMap } from 'yaml';

import { lintShell } from './lint-shell.js';
import { type LintedCalls, type PipelineCall, type ReportOnly, REPORT_ONLY_VARIABLE } from './pipeline-call.js';
import { isScanName } from './scan-call.js';
import { callsInScript } from './script-calls.js';
import type { Swallow } from './swallow.js';
import { readSwitch } from './written-switch.js';
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
  readonly foreign: readonly ForeignTemplate[];
}

interface ForeignTemplate {
  readonly name: string;
  /** Of the `extends` that names it. */
  readonly line: number;
}

/** Finds what swallows failures in a pipeline of GitLab. Included files are not read. */
export function lintGitlab(pipeline: YamlPipeline): LintedCalls {
  const jobs = jobsOf(pipeline);
  const scanning = jobs.map((job) => ({ job, calls: callsOf(pipeline, job) })).filter(({ calls }) => calls.length > 0);
  const names = new Set(scanning.map(({ job }) => job.name));
  const components = componentCalls(pipeline);
  // A component's jobs are not in the file; they are called after it.
  const isScan = (name: string): boolean => names.has(name) || (components.length > 0 && isScanName(name));
  const waits = scanning.length > 0 || components.length > 0;
  return {
    calls: [...scanning.flatMap(({ calls }) => calls), ...components],
    swallows: [
      ...scanning.flatMap(({ job }) => [...lintScripts(pipeline, job), ...lintKeys(pipeline, job)]),
      ...(waits ? jobs.filter(({ name }) => !isScan(name)).flatMap((job) => lintDependent(pipeline, job, isScan)) : []),
    ],
  };
}

function jobsOf(pipeline: YamlPipeline): readonly Job[] {
  return pipeline.roots.flatMap((root) =>
    pipeline.keys(root).flatMap(({ name }): readonly Job[] => {
      const map = pipeline.get(root, name);
      if (!isMap(map) || ['default', 'variables', 'workflow', 'include', 'spec', 'stages', 'image', 'cache'].includes(name)) return [];
      const foreign: ForeignTemplate[] = [];
      const parents = parentsOf(pipeline, root, map, foreign, 0);
      const defaults = pipeline.get(root, 'default');
      return [{ name, maps: [map, ...parents, ...(isMap(defaults) ? [defaults] : [])], foreign }];
    }),
  );
}

function parentsOf(pipeline: YamlPipeline, root: YAMLMap, map: YAMLMap, foreign: ForeignTemplate[], depth: number): readonly YAMLMap[] {
  if (depth >= MOST_PARENTS) return [];
  const node = pipeline.get(map, 'extends');
  const names = isSeq(node) ? node.items.map((item) => pipeline.text(item) ?? '') : [pipeline.text(node) ?? ''];
  // Of several parents the last one wins.
  return names.toReversed().flatMap((name) => {
    const parent = name === '' ? null : pipeline.get(root, name);
    if (isMap(parent)) return [parent, ...parentsOf(pipeline, root, parent, foreign, depth + 1)];
    if (name !== '') foreign.push({ name, line: pipeline.lineOfKey(map, 'extends') });
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

function callsOf(pipeline: YamlPipeline, job: Job): readonly PipelineCall[] {
  const around = reportOnlyOf(pipeline, job);
  const foreign = job.foreign.filter(({ name }) => isScanName(name)).map(({ name, line }): PipelineCall => ({ line, text: name, command: null, reportOnly: null }));
  // The first two are one shell; the third is started anew.
  const [before, script, after] = SCRIPTS.map((key) => pipeline.scriptLines(nearest(pipeline, job, key)?.node));
  return [...foreign, ...callsInScript([...(before ?? []), ...(script ?? [])], 'posix', around), ...callsInScript(after ?? [], 'posix', around)];
}

/** What the nearest variables say: those of a rule, of the job and its templates, of the pipeline. */
function reportOnlyOf(pipeline: YamlPipeline, job: Job): ReportOnly | null {
  const rules = nearest(pipeline, job, 'rules')?.node;
  const ofRules = (isSeq(rules) ? rules.items : []).map((item) => pipeline.resolve(item)).filter((item) => isMap(item));
  const set = ofRules.map((rule) => variableIn(pipeline, rule)).find((found) => found !== null && readSwitch(found.value) === true);
  const given = set ?? [...job.maps, ...pipeline.roots].map((map) => variableIn(pipeline, map)).find((found) => found !== null);
  return reportOnlyBy(given ?? null);
}

interface Variable {
  readonly line: number;
  readonly value: string | null;
}

function reportOnlyBy(variable: Variable | null): ReportOnly | null {
  return variable !== null && readSwitch(variable.value) === true ? { line: variable.line, how: REPORT_ONLY_VARIABLE } : null;
}

function variableIn(pipeline: YamlPipeline, map: YAMLMap): Variable | null {
  const variables = pipeline.get(map, 'variables');
  const node = isMap(variables) ? pipeline.get(variables, REPORT_ONLY_VARIABLE) : null;
  if (!isMap(variables) || node === null) return null;
  return { line: pipeline.lineOfKey(variables, REPORT_ONLY_VARIABLE), value: pipeline.text(isMap(node) ? pipeline.get(node, 'value') : node) };
}

/** Components of ours and the vendor's, which bring their jobs with them. */
function componentCalls(pipeline: YamlPipeline): readonly PipelineCall[] {
  return pipeline.roots.flatMap((root) => {
    const include = pipeline.get(root, 'include');
    const items = (isSeq(include) ? include.items.map((item) => pipeline.resolve(item)) : [include]).filter((item) => isMap(item));
    return items.flatMap((item): readonly PipelineCall[] => {
      const text = pipeline.text(pipeline.get(item, 'component'));
      if (text === null || !isScanName(text)) return [];
      const inputs = pipeline.get(item, 'inputs');
      const isOn = isMap(inputs) ? readSwitch(pipeline.text(pipeline.get(inputs, 'report-only'))) : null;
      const own = isMap(inputs) && isOn === true ? { line: pipeline.lineOfKey(inputs, 'report-only'), how: 'report-only: true' } : null;
      const around = reportOnlyBy(variableIn(pipeline, root));
      const command = /(pipeline-scan|preflight)(?:@|$)/u.exec(text)?.[1] ?? 'scan';
      return [{ line: pipeline.lineOfKey(item, 'component'), text, command, reportOnly: isOn === null ? around : own }];
    });
  });
}

function lintScripts(pipeline: YamlPipeline, job: Job): readonly Swallow[] {
  const [before, script, after] = SCRIPTS.map((key) => pipeline.scriptLines(nearest(pipeline, job, key)?.node));
  const lost = callsInScript(after ?? [], 'posix');
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
function lintDependent(pipeline: YamlPipeline, job: Job, isScan: (name: string) => boolean): readonly Swallow[] {
  const anyway = runsAnyway(pipeline, job);
  if (anyway.length === 0) return [];
  const stage = pipeline.text(nearest(pipeline, job, 'stage')?.node) ?? '';
  const deploys = nearest(pipeline, job, 'environment') !== null || /deploy|release|publish|prod/iu.test(`${job.name} ${stage}`);
  const needs = nearest(pipeline, job, 'needs')?.node;
  const names = isSeq(needs) ? needs.items.map((item) => needOf(pipeline, pipeline.resolve(item))) : [];
  // Without needs a job waits for all stages before it.
  if (!deploys || (isSeq(needs) && !names.some(isScan))) return [];
  return anyway.map((line): Swallow => ({ line, rule: 'runs-anyway', what: 'It deploys whatever became of the scan before it.', instead: 'Take when out: a job runs when those before it have succeeded.' }));
}

/** The lines on which a job, or one of its rules, says that it runs after a failure. */
function runsAnyway(pipeline: YamlPipeline, job: Job): readonly number[] {
  const when = nearest(pipeline, job, 'when');
  const rules = nearest(pipeline, job, 'rules')?.node;
  const maps = [...(when === null ? [] : [when.map]), ...(isSeq(rules) ? rules.items.map((item) => pipeline.resolve(item)).filter((item) => isMap(item)) : [])];
  return maps.filter((map) => ['always', 'on_failure'].includes(pipeline.text(pipeline.get(map, 'when')) ?? '')).map((map) => pipeline.lineOfKey(map, 'when'));
}

function needOf(pipeline: YamlPipeline, node: Node | null): string {
  return (isMap(node) ? pipeline.text(pipeline.get(node, 'job')) : pipeline.text(node)) ?? '';
}
