import type { FindingTally } from '@verapipe/core';

import { SEVERITIES } from './severity-name.js';

/**
 * How many findings are open. Every format takes the word from the tally of the results: neither fixed nor covered by an
 * accepted mitigation. Whether an open finding counts for the gates is another question, with words of its own. Pure.
 */
export function openTotal({ openBySeverity }: Pick<FindingTally, 'openBySeverity'>): number {
  return SEVERITIES.reduce<number>((sum, severity) => sum + openBySeverity[severity], 0);
}
