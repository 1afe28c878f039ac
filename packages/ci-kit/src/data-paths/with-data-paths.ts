import type { Finding, FindingDataPath, PathMapper } from '@verapipe/core';

import { mapDataPaths } from '../checkout/map-findings.js';

/** Findings with the data paths that were read, mapped to the checkout; the others stay as they are. */
export function withDataPaths<F extends Finding>(findings: AsyncIterable<F> | Iterable<F>, paths: ReadonlyMap<string, readonly FindingDataPath[]>, mapper: PathMapper | null): AsyncIterable<F> {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const finding of findings) {
        const found = paths.get(finding.id);
        yield found === undefined ? finding : { ...finding, dataPaths: mapDataPaths(found, finding.location.module, mapper) };
      }
    },
  };
}
