import type { ScanResults } from '@verapipe/reports';

import { commonFacts, type RunFacts } from './results-of-run.js';

/** Findings that were read and counted, of no scan that this run has judged. */
type CountedFacts = Pick<ScanResults, 'application' | 'sandbox' | 'scan'> & { readonly counts: NonNullable<ScanResults['counts']> };

/** Results that say what was found and give no verdict: they can be a baseline or the source of a report, and never a pass. Pure. */
export function resultsWithoutVerdict(run: RunFacts, facts: CountedFacts): ScanResults {
  return {
    ...commonFacts(run, false),
    ...facts,
    artifacts: [],
    policy: null,
    proof: null,
    gates: [],
    verdict: 'none',
    failure: null,
    outage: null,
    pathMapping: null,
    dataPaths: null,
    lint: null,
  };
}
