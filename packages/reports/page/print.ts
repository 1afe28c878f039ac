import type { JudgedFinding } from '@verapipe/core';

import { groupedCount, grouped } from '../src/formats/html/numbers.js';
import type { CiFacts } from '../src/scan-results.js';
import { findingDetails } from './details.js';
import { element } from './dom.js';

/** Findings on paper; who prints more filters first. */
const LIMIT = 1000;

export interface PrintOptions {
  readonly after: HTMLElement;
  /** Findings that there are, chosen or not. */
  readonly total: number;
  readonly ci: CiFacts | null;
  readonly chosen: () => readonly JudgedFinding[];
}

/** On paper there is no list to scroll: all findings that are chosen stand there with their details. */
export function printWhole({ after, total, ci, chosen }: PrintOptions): void {
  let printed: HTMLElement | null = null;
  window.addEventListener('beforeprint', () => {
    const findings = chosen();
    const cutWords = findings.length > LIMIT ? ` The first ${grouped(LIMIT)} are printed: filter first to print others.` : '';
    printed?.remove();
    printed = element(
      'section',
      { class: 'printed' },
      element('p', {}, `${findings.length < total ? `Filtered: ${grouped(findings.length)} of ` : ''}${groupedCount(total, 'finding')}, worst first.${cutWords}`),
      ...findings.slice(0, LIMIT).map((finding) => element('article', {}, ...findingDetails(finding, ci))),
    );
    after.after(printed);
  });
  window.addEventListener('afterprint', () => {
    printed?.remove();
    printed = null;
  });
}
