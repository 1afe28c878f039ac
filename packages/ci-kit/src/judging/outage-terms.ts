import type { ValidationIssue } from '@verapipe/core';

import type { OptionValues } from '../options/option-table.js';
import type { OutageTerms } from './judging.js';

/** What was said about outages. */
export interface SaidOutage {
  /** 0: no outage is tolerated. */
  readonly days: number;
  readonly values: Pick<OptionValues, 'outageOwner' | 'outageReason' | 'outageSince'>;
  readonly nowMs: number;
}

/** The terms on which an outage is tolerated: somebody answers for it, and says why. Pure. */
export function readOutageTerms({ days, values, nowMs }: SaidOutage): { readonly terms: OutageTerms | null; readonly issues: readonly ValidationIssue[] } {
  const { outageOwner: owner, outageReason: reason, outageSince: since } = values;
  if (days === 0) {
    const idle = Object.entries({ outageOwner: owner, outageReason: reason, outageSince: since }).filter(([, value]) => value !== null);
    return { terms: null, issues: idle.map(([path, value]) => ({ path, got: JSON.stringify(value), wanted: 'nothing, or --on-outage warn:DAYS with it' })) };
  }
  const issues: ValidationIssue[] = [];
  if (owner === null) issues.push({ path: 'outageOwner', got: 'nothing', wanted: 'who answers for tolerating an outage' });
  if (reason === null) issues.push({ path: 'outageReason', got: 'nothing', wanted: 'why an outage is tolerated' });
  const sinceMs = since === null ? null : timeOf(since);
  if (sinceMs !== null && !(sinceMs <= nowMs)) issues.push({ path: 'outageSince', got: JSON.stringify(since), wanted: 'a day or time in the past (UTC), for instance 2026-11-25 or 2026-11-25T09:30:00Z' });
  return owner === null || reason === null || issues.length > 0 ? { terms: null, issues } : { terms: { days, owner, reason, sinceMs }, issues };
}

/** NaN for what is no time; a time without a zone would be the one of the machine. */
function timeOf(text: string): number {
  return /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z)?$/u.test(text) ? Date.parse(text) : Number.NaN;
}
