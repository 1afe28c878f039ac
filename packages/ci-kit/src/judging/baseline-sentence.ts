import type { MatchConfidence } from '@verapipe/core';

import type { KnownBy } from '../baselines/known-findings.js';

/** Surest first, with what made them sure. */
const REASONS: readonly (readonly [MatchConfidence, string])[] = [
  ['exact', 'by equal hashes'],
  ['id', 'by the id of the platform'],
  ['near', 'by CWE, file, function and nearest line'],
];

/** How many findings a baseline knows, and how sure that is: they do not count, so people must be able to doubt it. Pure. */
export function baselineSentence(path: string, knownBy: KnownBy): string {
  const reasons = REASONS.filter(([confidence]) => knownBy[confidence] > 0);
  const known = reasons.reduce((sum, [confidence]) => sum + knownBy[confidence], 0);
  if (known === 0) return `Baseline ${path}: none of the findings is known.`;
  const words = reasons.map(([confidence, why]) => `${knownBy[confidence]} ${confidence} (${why})`);
  return `Baseline ${path}: ${known} ${known === 1 ? 'finding is' : 'findings are'} known: ${words.join(', ')}.`;
}
