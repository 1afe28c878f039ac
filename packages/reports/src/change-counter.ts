import type { JudgedFinding, Severity } from '@verapipe/core';

import { cutText } from './cut-text.js';
import { missingFindings } from './missing-findings.js';
import { printable } from './printable.js';
import type { ReportInput } from './report.js';

type BySeverity = Readonly<Record<Severity, number>>;

/** What is new and what is fixed. Null is not zero: nobody can say it. */
export interface ChangeCounts {
  readonly isNew: BySeverity | null;
  readonly fixed: BySeverity | null;
  /** By which comparison, a sentence for people. */
  readonly sentence: string;
}

/** Counts changes while findings are read. */
export interface ChangeCounter {
  add(finding: JudgedFinding): void;
  counts(): ChangeCounts;
}

/** By which rule findings are called new and fixed. */
interface Rule {
  readonly isNew: ((finding: JudgedFinding) => boolean) | null;
  /** A word of the findings themselves, or numbers from elsewhere. */
  readonly fixed: ((finding: JudgedFinding) => boolean) | BySeverity | null;
  readonly sentence: string;
}

/**
 * One rule for every format: the baseline that the gates went by, where the results have one; else the comparison with an
 * earlier run; else the platform's own words, which for a pipeline scan there are none. Of findings that are not whole nobody
 * can say what is gone.
 */
export function createChangeCounter(input: ReportInput): ChangeCounter {
  const { isNew, fixed, sentence } = ruleOf(input);
  const added = none();
  const gone = none();
  return {
    add(finding) {
      if (isNew?.(finding) === true) added[finding.severity] += 1;
      if (typeof fixed === 'function' && fixed(finding)) gone[finding.severity] += 1;
    },
    counts: () => ({ isNew: isNew === null ? null : { ...added }, fixed: typeof fixed === 'function' ? { ...gone } : fixed, sentence }),
  };
}

function ruleOf(input: ReportInput): Rule {
  const { results, changes } = input;
  const baseline = results.proof?.baseline ?? null;
  const isWhole = missingFindings(input) === null;
  if (baseline !== null) {
    const scan = baseline.scanId === null ? '' : ` (scan ${baseline.scanId})`;
    const sentence = said(`New and fixed: compared with the baseline ${baseline.path}${scan}; waived findings are not among the new ones.`);
    return { isNew: isUnknownToBaseline, fixed: isWhole ? baseline.goneBySeverity : null, sentence };
  }
  if (changes !== null) return { isNew: changes.isNew, fixed: isWhole ? changes.goneBySeverity : null, sentence: said(`New and fixed: compared with ${changes.comparedWith}.`) };
  if (results.scan?.kind === 'pipeline') return { isNew: null, fixed: null, sentence: 'New and fixed: not known, as a pipeline scan was compared with nothing.' };
  return { isNew: ({ status }) => status === 'new', fixed: ({ status }) => status === 'fixed', sentence: 'New and fixed: as the platform says.' };
}

/** A waiver is told before what the baseline knows, so of waived findings it cannot be read. */
function isUnknownToBaseline({ standing }: JudgedFinding): boolean {
  return standing !== null && standing !== 'known' && standing !== 'waived' && standing !== 'fixed';
}

function said(sentence: string): string {
  return printable(cutText(sentence, 500));
}

function none(): Record<Severity, number> {
  return { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
}
