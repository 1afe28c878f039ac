import { VERSION, type PlatformHosts, type Region, type RolePurpose } from '@verapipe/core';
import { printable } from '@verapipe/reports';

import type { CheckOutcome } from './check.js';
import type { MadeCheck } from './run-checks.js';

/** Everything that a preflight found; published as JSON (`verapipe-preflight-1.schema.json`). @public */
export interface PreflightReport {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'verapipe'; readonly version: string };
  /** ISO 8601 UTC. */
  readonly checkedAt: string;
  /** What is to run later. */
  readonly for: RolePurpose;
  readonly platform: { readonly url: string; readonly restUrl: string; readonly region: Region | null };
  /** `fail` when a check failed; warnings and skipped checks do not count. */
  readonly verdict: 'pass' | 'fail';
  readonly counts: Readonly<Record<CheckOutcome, number>>;
  readonly checks: readonly MadeCheck[];
}

/** What a report is made from. */
export interface PreflightFacts {
  readonly checkedAtMs: number;
  readonly purpose: RolePurpose;
  readonly hosts: PlatformHosts;
  readonly region: Region | null;
  readonly checks: readonly MadeCheck[];
}

/** Pure. */
export function reportOf({ checkedAtMs, purpose, hosts, region, checks }: PreflightFacts): PreflightReport {
  const counts = { ok: 0, warning: 0, failure: 0, skipped: 0 };
  for (const { outcome } of checks) counts[outcome] += 1;
  return {
    schemaVersion: 1,
    tool: { name: 'verapipe', version: VERSION },
    checkedAt: new Date(checkedAtMs).toISOString(),
    for: purpose,
    platform: { url: hosts.xmlBaseUrl, restUrl: hosts.restBaseUrl, region },
    verdict: counts.failure > 0 ? 'fail' : 'pass',
    counts,
    checks,
  };
}

const WORDS: Readonly<Record<CheckOutcome, string>> = { ok: 'ok', warning: 'WARNING', failure: 'FAILED', skipped: 'skipped' };
const WIDEST = Math.max(...Object.values(WORDS).map((word) => word.length));

/** One line for a check, and one for what to do about it. Names come from anybody, and are made harmless. Pure. */
export function renderCheck({ title, outcome, line, advice }: MadeCheck): string {
  const indent = ' '.repeat(WIDEST + 2);
  const first = `${WORDS[outcome].padEnd(WIDEST)}  ${title}: ${printable(line)}\n`;
  return advice === null ? first : `${first}${indent}${printable(advice)}\n`;
}

/** The last line. Pure. */
export function renderVerdict({ counts, for: purpose, verdict }: PreflightReport): string {
  const parts = [`${String(counts.ok)} ok`, `${String(counts.warning)} to know`, `${String(counts.failure)} failed`, `${String(counts.skipped)} skipped`];
  return `\nPreflight for ${purpose}: ${verdict === 'pass' ? 'nothing failed' : 'FAILED'} (${parts.join(', ')}).\n`;
}
