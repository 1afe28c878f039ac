import type { Finding } from '@verapipe/core';

import type { ScanResults } from './scan-results.js';

/** Renders results without findings as one JSON object, the last line ended: the output of `--json`. Pure. @public */
export function renderSummaryJson(results: ScanResults): string {
  return `${JSON.stringify(results, null, 2)}\n`;
}

/**
 * Renders a whole results file piece by piece, one finding a line, so that any number of findings takes constant
 * memory. Pure: equal inputs give equal bytes.
 *
 * @throws what reading the findings throws
 * @public
 */
export async function* renderResultsJson(
  results: ScanResults,
  findings: AsyncIterable<Finding> | Iterable<Finding>,
): AsyncGenerator<string, void> {
  yield JSON.stringify(results, null, 2).replace(/\n\}$/u, ',\n  "findings": [');
  let separator = '\n    ';
  for await (const finding of findings) {
    yield `${separator}${JSON.stringify(finding)}`;
    separator = ',\n    ';
  }
  yield separator.startsWith(',') ? '\n  ]\n}\n' : ']\n}\n';
}
