import type { JsonObject, PipelineResults } from '@verapipe/core';

/**
 * Renders a results file of a pipeline scan in the vendor's own shape, piece by piece: the document as the platform sent
 * it, with the given findings in the place of its own. All of them make `results.json`, those that failed the gates
 * `filtered_results.json`. Pure: equal inputs give equal bytes, and no field is added, renamed or left out.
 *
 * @param results - what the platform sent
 * @param findings - originals, in the order in which they shall stand
 * @see docs.veracode.com "Pipeline Scan results"
 * @public
 */
export function* renderPipelineResults(results: Pick<PipelineResults, 'original'>, findings: Iterable<JsonObject>): Generator<string, void> {
  let separator = '{\n';
  for (const [name, value] of Object.entries(results.original)) {
    yield `${separator}  ${JSON.stringify(name)}: `;
    separator = ',\n';
    if (name === 'findings') yield* renderFindings(findings);
    else yield indented(value, '  ');
  }
  yield '\n}\n';
}

function* renderFindings(findings: Iterable<JsonObject>): Generator<string, void> {
  let separator = '[\n';
  for (const finding of findings) {
    yield `${separator}    ${indented(finding, '    ')}`;
    separator = ',\n';
  }
  yield separator.startsWith('[') ? '[]' : '\n  ]';
}

function indented(value: unknown, margin: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${margin}`);
}
