import { z } from 'zod';
import { severitySchema } from './finding-schema.js';
import type { Criticality } from './vocabulary.js';

export const policySchema = z
  .strictObject({
    name: z.string().min(1),
    version: z.int().min(1).default(1),
    description: z.string().default(''),
    forbiddenSeverity: severitySchema.optional().describe('Findings of this severity and everything above break the policy.'),
    forbiddenCwes: z.array(z.int()).default([]).describe('Findings of these CWEs break the policy, whatever their severity.'),
    graceDays: z
      .union([
        z.number().min(0),
        z.strictObject({
          veryHigh: z.number().min(0).default(0),
          high: z.number().min(0).default(0),
          medium: z.number().min(0).default(0),
          low: z.number().min(0).default(0),
          veryLow: z.number().min(0).default(0),
          informational: z.number().min(0).default(0),
        }),
      ])
      .default(0)
      .describe('Days after the first find during which a finding that breaks the policy leads to a Conditional Pass only.'),
  })
  .describe('A policy: broken by findings that have no accepted mitigation.');
export type PolicySpec = z.output<typeof policySchema>;

/** Every account has these; the emulator's rules for them are simpler than the platform's. */
export const builtInPolicies: readonly PolicySpec[] = [
  { name: 'Veracode Recommended Very High', version: 1, description: '', forbiddenSeverity: 3, forbiddenCwes: [], graceDays: 0 },
  { name: 'Veracode Recommended High', version: 1, description: '', forbiddenSeverity: 4, forbiddenCwes: [], graceDays: 0 },
  { name: 'Veracode Recommended Medium', version: 1, description: '', forbiddenSeverity: 4, forbiddenCwes: [], graceDays: 30 },
  { name: 'Veracode Recommended Low', version: 1, description: '', forbiddenSeverity: 5, forbiddenCwes: [], graceDays: 0 },
  { name: 'Veracode Recommended Very Low', version: 1, description: '', forbiddenCwes: [], graceDays: 0 },
];

/** Is it the vendor's own, not replaced by one of the scenario? */
export function isBuiltIn(policy: PolicySpec): boolean {
  return builtInPolicies.includes(policy);
}

/** The policy of a profile that names none. */
export function defaultPolicyName(criticality: Criticality): string {
  return `Veracode Recommended ${criticality}`;
}
