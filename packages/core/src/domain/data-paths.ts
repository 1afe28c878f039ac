import type { FindingDataPath, FindingDataStep } from './finding.js';
import type { DataPath, DataPathStep, StaticFlawDetails } from './flaw-details.js';

/**
 * Turns data paths as the platform tells them into those of a `Finding`: from where data enters to where it does harm. The
 * platform lists the deepest step first. Its numbers of steps count down in one source and up in another, so they say
 * nothing. Pure.
 *
 * @see docs.veracode.com "Static Finding Data Path REST API"
 */
export function dataPathsOf({ dataPaths }: Pick<StaticFlawDetails, 'dataPaths'>): readonly FindingDataPath[] {
  return withSteps(dataPaths.map((path) => (path.steps.length === 0 ? [stepOf(path)] : path.steps.toReversed().map(stepOf))));
}

/** Data paths of lists of steps; what names no place is left out. */
export function withSteps(paths: readonly (readonly FindingDataStep[])[]): readonly FindingDataPath[] {
  return paths.map((steps) => ({ steps: steps.filter(isPlace) })).filter(({ steps }) => steps.length > 0);
}

function stepOf({ file, line, function: name }: Pick<DataPathStep | DataPath, 'file' | 'line' | 'function'>): FindingDataStep {
  return { file: file?.replaceAll('\\', '/') ?? null, repositoryPath: null, line, function: name === 'UNKNOWN' ? null : name };
}

function isPlace({ file, function: name }: FindingDataStep): boolean {
  return file !== null || name !== null;
}
