import { GATING } from '../options/option.js';
import type { PipelineCall } from './pipeline-call.js';
import type { Swallow } from './swallow.js';

const JUDGING: readonly string[] = GATING;

/** A scan that only reports needs a gate after it that decides: without one, findings fail nothing. */
export function lintReportOnly(calls: readonly PipelineCall[]): readonly Swallow[] {
  const inFile = calls.toSorted((one, other) => one.line - other.line);
  return inFile.flatMap(({ command, reportOnly }, index): readonly Swallow[] => {
    if (reportOnly === null || command === null || !JUDGING.includes(command)) return [];
    if (inFile.slice(index + 1).some((later) => later.command === 'gate' && later.reportOnly === null)) return [];
    const { line, how } = reportOnly;
    return [{ line, rule: 'report-only', what: `With ${how} a failed gate does not fail the run, and no \`verapipe gate\` follows that decides.`, instead: `Take ${how} out, or let verapipe gate follow without it.` }];
  });
}
