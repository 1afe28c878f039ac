import { withSteps } from '../domain/data-paths.js';
import type { FindingDataPath, FindingDataStep } from '../domain/finding.js';
import { isObject } from './pipeline-fields.js';
import type { JsonObject } from './rest.js';

/** Fewer than this has every path; a longer list was not written by the platform. */
const MAX_FRAMES = 10_000;

/**
 * Reads the data paths of one entry of a pipeline scan's `findings`: its `stack_dumps`, from where data enters to where it
 * does harm. They decide about nothing, so what is not as expected is left out. Empty when there are none. Pure.
 *
 * In every recording the first frame is the place of the finding, and `SourceLine` counts from 0 where `line` of the
 * finding counts from 1.
 *
 * @param entry - the original beside a `PipelineFinding`
 * @see docs.veracode.com "Pipeline Scan results"
 * @public
 */
export function readStackDumps(entry: JsonObject): readonly FindingDataPath[] {
  const dumps = isObject(entry['stack_dumps']) ? entry['stack_dumps']['stack_dump'] : null;
  if (!Array.isArray(dumps)) return [];
  return withSteps(dumps.map((dump: unknown) => framesOf(dump).map(stepOf).toReversed()));
}

function framesOf(dump: unknown): readonly JsonObject[] {
  const frames = isObject(dump) ? dump['Frame'] : null;
  return Array.isArray(frames) && frames.length <= MAX_FRAMES ? frames.filter(isObject) : [];
}

function stepOf(frame: JsonObject): FindingDataStep {
  return {
    file: known(frame['SourceFile'])?.replaceAll('\\', '/') ?? null,
    repositoryPath: null,
    line: lineOf(frame['SourceLine']),
    function: known(frame['FunctionPrototype']) ?? known(frame['QualifiedFunctionName']) ?? known(frame['FunctionName']),
  };
}

/** Counted from 1. */
function lineOf(value: unknown): number | null {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) + 1 : null;
}

/** An empty field can be an empty object. */
function known(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value !== 'UNKNOWN' ? value : null;
}
