import { createFindingCounter, type JudgedFinding } from '@verapipe/core';

import type { ReportInput } from '../src/report.js';
import type { ScanResults } from '../src/scan-results.js';
import { sampleResults } from './samples.js';

/** A report of a judged scan with these findings; they can be read again, as those of a file. */
export function reportInput(findings: readonly JudgedFinding[], facts: Partial<ScanResults> = {}): ReportInput {
  const counter = createFindingCounter();
  for (const finding of findings) counter.add(finding);
  const tally = counter.tally();
  return {
    results: sampleResults({ counts: tally, ...facts }),
    findings: { [Symbol.asyncIterator]: () => iterate(findings) },
    tally,
    earlier: [],
    changes: null,
    incomplete: null,
  };
}

async function* iterate(findings: readonly JudgedFinding[]): AsyncGenerator<JudgedFinding, void> {
  for (const finding of findings) {
    await Promise.resolve();
    yield finding;
  }
}
