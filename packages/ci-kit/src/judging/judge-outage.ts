import type { OutageFacts } from '@verapipe/reports';

import type { OutageTerms } from './judging.js';
import type { OutageMemory } from './outage-memory.js';

const DAY_MS = 86_400_000;

/** Tolerated, with everything an auditor asks for; or not, and why. */
export type OutageJudgement = { readonly tolerated: OutageFacts } | { readonly refused: string };

/**
 * Whether a failure of the platform may be borne. The days run from the first failure that is known, from earlier runs
 * or from the terms, whichever is earlier.
 *
 * Where nothing is known of earlier runs, as in a clean workspace, this failure could be the first one or the last of a
 * year: it is not tolerated. Pure.
 */
export function judgeOutage(memory: OutageMemory | null, terms: OutageTerms, nowMs: number): OutageJudgement {
  if (memory === null && terms.sinceMs === null) {
    return { refused: 'The outage is not tolerated: nothing is known of earlier runs. Keep .verapipe/outage.json in the cache of the CI, or say with --outage-since when it began.' };
  }
  const sinceMs = firstFailure(memory, terms, nowMs);
  const untilMs = sinceMs + terms.days * DAY_MS;
  const since = new Date(sinceMs).toISOString();
  if (sinceMs > nowMs) return { refused: `The outage is not tolerated: it is said to have begun in the future (${since}).` };
  const toleratedUntil = new Date(untilMs).toISOString();
  if (nowMs >= untilMs) return { refused: `The outage is not tolerated any more: it began ${since}, and was tolerated until ${toleratedUntil}.` };
  return { tolerated: { since, toleratedUntil, days: terms.days, owner: terms.owner, reason: terms.reason } };
}

/** Milliseconds since 1970. */
export function firstFailure(memory: OutageMemory | null, { sinceMs }: OutageTerms, nowMs: number): number {
  const failingSince = memory?.failingSince ?? null;
  const known = failingSince === null ? nowMs : Date.parse(failingSince);
  return sinceMs === null ? known : Math.min(known, sinceMs);
}
