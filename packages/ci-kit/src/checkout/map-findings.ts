import { createPathMappingCounter, type Finding, type FindingDataPath, type FindingSource, type PathMapper, type PathMapping, type PathMappingTally } from '@verapipe/core';

/** Findings with their files in the checkout. */
export interface MappedFindings {
  /** Can be read as often as the findings that it is made of, in constant memory. */
  readonly findings: FindingSource;
  /** Known when the findings were read to their end once; always null without a checkout. */
  readonly tally: () => PathMappingTally | null;
}

/**
 * Adds to static findings where they lie in the checkout; nothing else about them changes. What is said already stays where
 * nothing is found now: findings of a file were mapped by the run that wrote it. Findings of other kinds have no path in
 * source code, and the files of fixed ones may be gone, so these are not counted.
 */
export function mapFindings(findings: AsyncIterable<Finding> | Iterable<Finding>, mapper: PathMapper | null): MappedFindings {
  let tally: PathMappingTally | null = null;
  async function* mapped(): AsyncGenerator<Finding, void> {
    const counter = createPathMappingCounter();
    for await (const finding of findings) {
      const mapping = mapper === null ? null : mappingOf(finding, mapper);
      if (mapping !== null && finding.status !== 'fixed') counter.add(mapping);
      yield mapping?.kind === 'mapped' ? { ...finding, location: { ...finding.location, repositoryPath: mapping.path } } : finding;
    }
    if (mapper !== null) tally = counter.tally();
  }
  return { findings: { [Symbol.asyncIterator]: mapped }, tally: () => tally };
}

/** Adds to the steps of data paths where they lie in the checkout. */
export function mapDataPaths(paths: readonly FindingDataPath[], module: string | null, mapper: PathMapper | null): readonly FindingDataPath[] {
  if (mapper === null) return paths;
  return paths.map(({ steps }) => ({
    steps: steps.map((step) => {
      const mapping = mapper({ file: step.file, module });
      return mapping.kind === 'mapped' ? { ...step, repositoryPath: mapping.path } : step;
    }),
  }));
}

function mappingOf({ kind, location }: Finding, mapper: PathMapper): PathMapping {
  return kind === 'static' ? mapper(location) : { kind: 'no-path' };
}
