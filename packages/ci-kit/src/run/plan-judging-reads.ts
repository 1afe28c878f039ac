import type { Plan, PlanStep } from '@verapipe/core';

import { withDataPathReads } from '../data-paths/plan-data-paths.js';
import type { JudgedContext } from './judged-context.js';

const MITIGATIONS: readonly PlanStep[] = [
  { kind: 'read', operation: 'GET /appsec/v2/applications/{guid}/summary_report', why: 'the newest published policy scan is known' },
  { kind: 'read', operation: 'detailedreport.do', why: 'what was decided about its flaws is known' },
];

const BASELINE: readonly PlanStep[] = [
  { kind: 'read', operation: 'getbuildlist.do', why: 'an older scan is chosen to compare with' },
  { kind: 'read', operation: 'detailedreport.do', why: 'what it found is known' },
];

/** Adds to the plan of a scan that is judged what its judgement reads once there are results. Pure. */
export function withJudgingReads(plan: Plan, { options, judging }: JudgedContext): Plan {
  const isCompared = judging.baselineScan !== null && options.wait;
  const { steps, ...rest } = withDataPathReads(plan, options);
  return { ...rest, steps: [...steps, ...(isCompared ? BASELINE : [])] };
}

/** A pipeline scan reads all of this before it begins. Pure. */
export function withReadsBefore(plan: Plan, { options, judging }: JudgedContext): Plan {
  const before = [...(options.applyMitigations ? MITIGATIONS : []), ...(judging.baselineScan === null ? [] : BASELINE)];
  return { ...plan, steps: [...before, ...plan.steps] };
}
