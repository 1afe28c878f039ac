import type { Finding, JudgedFinding } from '@verapipe/core';

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
  findings: AsyncIterable<JudgedFinding> | Iterable<JudgedFinding>,
): AsyncGenerator<string, void> {
  yield* renderJsonWithFindings(results, findings);
}

/**
 * Renders facts as one JSON object whose last list is `findings`, one a line. Constant memory; pure.
 *
 * @param facts - with at least one member
 * @param factsAfter - what is known when all findings have been read; stands behind them
 * @throws what reading the findings throws
 * @public
 */
export async function* renderJsonWithFindings(
  facts: object,
  findings: AsyncIterable<Finding> | Iterable<Finding>,
  factsAfter: () => object = () => ({}),
): AsyncGenerator<string, void> {
  yield JSON.stringify(facts, null, 2).replace(/\n\}$/u, ',\n  "findings": [');
  let separator = '\n    ';
  for await (const finding of findings) {
    yield `${separator}${JSON.stringify(finding)}`;
    separator = ',\n    ';
  }
  yield separator.startsWith(',') ? '\n  ]' : ']';
  for (const [name, value] of Object.entries(factsAfter())) yield `,\n  ${JSON.stringify(name)}: ${JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')}`;
  yield '\n}\n';
}
