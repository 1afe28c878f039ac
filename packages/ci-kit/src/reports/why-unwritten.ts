import { hasResults, type ScanResults } from '@verapipe/reports';

/** Why a report was not written, as the rest of a sentence for people; `shown` is where it would be. Pure. */
export function whyUnwritten(results: ScanResults, shown: string): string {
  return hasResults({ results }) ? `a pipeline scan looks at no components, and ${shown} would close what other scans found` : `the run came to no results, and ${shown} would look like a clean scan`;
}
