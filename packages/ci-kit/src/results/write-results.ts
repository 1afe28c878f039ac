import type { JudgedFinding } from '@verapipe/core';
import { createTopFindingsCollector, renderResultsJson, type ScanResults, type TopFindings } from '@verapipe/reports';

import { writeFileAtomically } from '../files/write-file-atomically.js';

/** How many findings people are shown; all of them are in the results file. */
const TOP_FINDINGS = 20;

/**
 * Writes `verapipe-results.json`, whole or not at all, in constant memory; collects the worst findings on the way.
 *
 * @throws LocalError `disk-full`, `not-writable`; what reading the findings throws
 */
export async function writeResults(path: string, results: ScanResults, findings: AsyncIterable<JudgedFinding> | Iterable<JudgedFinding>): Promise<TopFindings> {
  const collector = createTopFindingsCollector(TOP_FINDINGS);
  await writeFileAtomically(path, renderResultsJson(results, collected(findings, (finding) => collector.add(finding))));
  return collector.top();
}

async function* collected(findings: AsyncIterable<JudgedFinding> | Iterable<JudgedFinding>, add: (finding: JudgedFinding) => void): AsyncGenerator<JudgedFinding, void> {
  for await (const finding of findings) {
    add(finding);
    yield finding;
  }
}
