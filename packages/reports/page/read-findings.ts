import type { JudgedFinding } from '@verapipe/core';

import { findingOf, type FindingRow } from '../src/formats/html/finding-row.js';
import { placeOf, titleOf } from '../src/finding-text.js';
import { compareFindings } from '../src/top-findings.js';

/** A finding, and what a search looks into. */
export interface Entry {
  readonly finding: JudgedFinding;
  /** In small letters. */
  readonly text: string;
}

/**
 * Takes the findings out of the page, worst first.
 *
 * @throws Error when there are not as many as the page says: a file that is cut must not look like fewer findings
 */
export function readFindings(total: number): readonly Entry[] {
  const entries: Entry[] = [];
  for (const block of document.querySelectorAll('script.findings')) {
    const rows = JSON.parse(block.textContent) as readonly FindingRow[];
    for (const row of rows) entries.push(entryOf(findingOf(row)));
    block.remove();
  }
  if (entries.length !== total) throw new Error(`The page says that there are ${String(total)} findings, and ${String(entries.length)} are in it: the file is not whole.`);
  return entries.sort((a, b) => compareFindings(a.finding, b.finding));
}

function entryOf(finding: JudgedFinding): Entry {
  const { id, cwe, cweName, description, location, component } = finding;
  const parts = [titleOf(finding), placeOf(finding), id, cwe === null ? null : `cwe-${String(cwe)}`, cweName, description, location.module, location.file, location.function, component?.vulnerabilityId];
  return { finding, text: parts.filter((part) => part !== null && part !== undefined).join('\n').toLowerCase() };
}
