import { isMap } from 'yaml';

import { lintAzure } from './lint-azure.js';
import { lintBitbucket } from './lint-bitbucket.js';
import { lintGitlab } from './lint-gitlab.js';
import { lintJenkins } from './lint-jenkins.js';
import { type PipelineSystem, systemOfName } from './pipeline-system.js';
import { lintReportOnly } from './lint-report-only.js';
import { countCalls, type LintedCalls } from './pipeline-call.js';
import { inOrder, type Swallow } from './swallow.js';
import { parseYamlPipeline, type YamlPipeline } from './yaml-pipeline.js';

type YamlSystem = Exclude<PipelineSystem, 'jenkins'>;

/** A pipeline that was looked at. */
export interface LintedPipeline {
  readonly system: PipelineSystem;
  readonly swallows: readonly Swallow[];
  /** Calls of verapipe or of a tool of the vendor's. */
  readonly calls: number;
}

/** Which file, and of which CI, if somebody said so. */
export interface PipelineSource {
  /** `/` between folders. */
  readonly path: string;
  readonly text: string;
  readonly system: PipelineSystem | null;
}

/**
 * Finds what swallows the failures of scans in a pipeline. Pure.
 *
 * @returns the fault, where the file is no pipeline of a CI that is known
 */
export function lintPipeline({ path, text, system: given }: PipelineSource): LintedPipeline | { readonly fault: string } {
  const named = given ?? systemOfName(path) ?? (isGroovy(text) ? 'jenkins' : null);
  if (named === 'jenkins') return linted(named, lintJenkins(text));
  const pipeline = parseYamlPipeline(text);
  if ('fault' in pipeline) return pipeline;
  const system = named ?? systemOfContent(pipeline);
  if (system === null) return { fault: 'which is no pipeline of a CI that is known by its name or content' };
  return linted(system, YAML_LINTERS[system](pipeline));
}

const YAML_LINTERS: Readonly<Record<YamlSystem, (pipeline: YamlPipeline) => LintedCalls>> = { azure: lintAzure, gitlab: lintGitlab, bitbucket: lintBitbucket };

function linted(system: PipelineSystem, { calls, swallows }: LintedCalls): LintedPipeline {
  return { system, swallows: inOrder([...swallows, ...lintReportOnly(calls)]), calls: countCalls(calls) };
}

function isGroovy(text: string): boolean {
  return /^\s*(?:pipeline\s*\{|node\s*(?:\([^)]*\)\s*)?\{|@Library\b)/mu.test(text);
}

function systemOfContent(pipeline: YamlPipeline): YamlSystem | null {
  const [root] = pipeline.roots;
  if (root === undefined) return null;
  const has = (key: string): boolean => pipeline.get(root, key) !== null;
  if (has('pipelines')) return 'bitbucket';
  // A workflow of GitHub has jobs as well, as a map.
  if (has('on')) return null;
  if (has('steps') || has('pool') || has('trigger') || (has('jobs') && !isMap(pipeline.get(root, 'jobs'))) || (has('extends') && has('resources'))) return 'azure';
  const isJob = (name: string): boolean => {
    const value = pipeline.get(root, name);
    return isMap(value) && ['script', 'extends', 'trigger', 'stage'].some((key) => pipeline.get(value, key) !== null);
  };
  return pipeline.keys(root).some(({ name }) => isJob(name)) ? 'gitlab' : null;
}
