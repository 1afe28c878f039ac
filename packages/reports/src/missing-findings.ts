import { printable } from './printable.js';
import { hasResults, type ReportInput } from './report.js';

/**
 * Says that a report does not hold all findings, in a sentence for people; null where none is known to be missing. Of a run
 * without results that is not said: nothing of it is here. Pure.
 */
export function missingFindings(input: Pick<ReportInput, 'results' | 'incomplete'>): string | null {
  return input.incomplete === null || !hasResults(input) ? null : `Findings are missing here, and what is not here may still be there: ${printable(input.incomplete)}`;
}
