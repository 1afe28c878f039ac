import type { Plan } from '@verapipe/core';

import type { OptionValues } from '../options/option-table.js';

/** Adds to the plan of a scan that is judged what its data paths take; how many they are shows with the findings. Pure. */
export function withDataPathReads(plan: Plan, { dataPaths, wait }: Pick<OptionValues, 'dataPaths' | 'wait'>): Plan {
  if (dataPaths === 'none' || !wait) return plan;
  const operation = 'GET /appsec/v2/applications/{guid}/findings/{issue}/static_flaw_info';
  return { ...plan, steps: [...plan.steps, { kind: 'read', operation, why: 'data paths, one call for each open static finding that violates the policy' }] };
}
