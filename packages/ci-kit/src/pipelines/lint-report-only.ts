import type { Swallow } from './swallow.js';

const REPORTS_ONLY = /\bverapipe\S*\s+(?:scan|wait|pipeline-scan|gate)\b[^\n]*--report-only(?!=(?:no|false|0))\b/u;
const GATES = /\bverapipe\S*\s+gate\b(?![^\n]*--report-only)/u;

/** A scan that only reports needs a gate after it: without one, findings fail nothing. */
export function lintReportOnly(text: string): readonly Swallow[] {
  const lines = text.split('\n');
  const swallows: Swallow[] = [];
  for (const [index, line] of lines.entries()) {
    if (/^\s*(?:#|\/\/)/u.test(line) || !REPORTS_ONLY.test(line)) continue;
    if (lines.slice(index + 1).some((later) => !/^\s*(?:#|\/\/)/u.test(later) && GATES.test(later))) continue;
    swallows.push({ line: index + 1, rule: 'report-only', what: 'With --report-only a failed gate does not fail the run, and no `verapipe gate` follows.', instead: 'Take --report-only out, or let verapipe gate follow.' });
  }
  return swallows;
}
