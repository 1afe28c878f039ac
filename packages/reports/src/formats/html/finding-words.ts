import type { JudgedFinding, Standing } from '@verapipe/core';

/** Words for what a finding is; the page's script shares them, so that both HTML formats speak alike. */
export const STATUS_WORDS: Readonly<Record<JudgedFinding['status'], string>> = {
  new: 'New',
  open: 'Open',
  reopened: 'Reopened',
  fixed: 'Fixed',
  'cannot-reproduce': 'Cannot reproduce',
  unknown: 'Unknown status',
};

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  open: 'Counts',
  fixed: 'Fixed',
  waived: 'Waived',
  known: 'Known before',
  mitigated: 'Mitigated',
  proposed: 'Mitigation proposed',
  'in-grace': 'In grace period',
};

export const MITIGATION_WORDS: Readonly<Record<JudgedFinding['mitigation']['state'], string>> = {
  none: 'None',
  proposed: 'Proposed',
  accepted: 'Accepted',
  rejected: 'Rejected',
  unknown: 'Unknown',
};

const EXPLOITABILITY_WORDS = ['Very unlikely', 'Unlikely', 'Neutral', 'Likely', 'Very likely'];
const EFFORT_WORDS = ['Trivial', 'Simple change to the code', 'Complex change to the code', 'Simple change of the design', 'Complex change of the design'];

export function exploitabilityWord(exploitability: number): string {
  return EXPLOITABILITY_WORDS[exploitability + 2] ?? String(exploitability);
}

export function effortWord(effort: number): string {
  const word = EFFORT_WORDS[effort - 1];
  return word === undefined ? String(effort) : `${word} (${String(effort)} of 5)`;
}
