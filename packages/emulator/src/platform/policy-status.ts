import { type PolicySpec } from '../scenarios/policy-schema.js';
import type { PolicyEvaluation, Severity } from '../scenarios/vocabulary.js';
import { policyIsKnown } from './build-status.js';
import type { BuildResults } from './findings/build-results.js';
import { createBuildResults } from './findings/build-results.js';
import type { Finding, FindingGroup } from './findings/finding.js';
import type { ApplicationRecord, BuildRecord, PolicyStatus } from './state.js';

const dayMs = 86_400_000;

/**
 * Applies the policy to a build: findings without accepted mitigation that the policy forbids break it; while every one
 * of them is inside its grace period, that makes a Conditional Pass. A sandbox never gets more than Conditional Pass.
 */
export function policyStatusOf(application: ApplicationRecord, build: BuildRecord, policy: PolicySpec, nowMs: number): PolicyStatus {
  const results = createBuildResults(application, build, nowMs);
  if (results === null) {
    return { compliance: 'Not Assessed', rules: 'Not Assessed', gracePeriodExpired: false };
  }
  if (!policyIsKnown(build, nowMs)) {
    return { compliance: 'Calculating...', rules: 'Calculating...', gracePeriodExpired: false };
  }
  const status = fixedStatus(build) ?? ruleStatus(results, policy, nowMs);
  return build.sandboxId !== null && status.compliance === 'Pass' ? { ...status, compliance: 'Conditional Pass' } : status;
}

function fixedStatus(build: BuildRecord): PolicyStatus | undefined {
  const { policy } = build.behaviour;
  if (policy === undefined) {
    return undefined;
  }
  const rules: PolicyEvaluation = policy.rulesStatus ?? (policy.evaluation === 'Conditional Pass' ? 'Did Not Pass' : policy.evaluation);
  return { compliance: policy.evaluation, rules, gracePeriodExpired: policy.evaluation === 'Did Not Pass' };
}

function ruleStatus(results: BuildResults, policy: PolicySpec, nowMs: number): PolicyStatus {
  let broken = false;
  for (const group of results.source.groups.filter((candidate) => breaksPolicy(policy, candidate))) {
    const graceMs = graceDays(policy, group.severity) * dayMs;
    for (const finding of group.findings()) {
      if (results.mitigationStatus(finding) === 'accepted') {
        continue;
      }
      if (results.firstFoundAtMs(finding) + graceMs <= nowMs) {
        return { compliance: 'Did Not Pass', rules: 'Did Not Pass', gracePeriodExpired: true };
      }
      broken = true;
    }
  }
  return broken
    ? { compliance: 'Conditional Pass', rules: 'Did Not Pass', gracePeriodExpired: false }
    : { compliance: 'Pass', rules: 'Pass', gracePeriodExpired: false };
}

/** Does the policy forbid findings of this kind? */
export function breaksPolicy(policy: PolicySpec, { severity, weakness }: Pick<FindingGroup, 'severity' | 'weakness'>): boolean {
  const tooSevere = policy.forbiddenSeverity !== undefined && severity >= policy.forbiddenSeverity;
  return tooSevere || policy.forbiddenCwes.includes(weakness.cwe);
}

/** What the policy means for one finding. */
export interface PolicyEffect {
  readonly violates: boolean;
  /** null: the finding does not violate the policy, or is not tolerated for a while. */
  readonly graceEndsAtMs: number | null;
}

export function policyEffectOf(results: BuildResults, policy: PolicySpec, finding: Finding): PolicyEffect {
  const violates = breaksPolicy(policy, finding) && results.mitigationStatus(finding) !== 'accepted';
  const days = graceDays(policy, finding.severity);
  return { violates, graceEndsAtMs: violates && days > 0 ? results.firstFoundAtMs(finding) + days * dayMs : null };
}

/** Days after the first find in which a finding of this severity is tolerated. */
export function graceDays(policy: PolicySpec, severity: Severity): number {
  const { graceDays: days } = policy;
  if (typeof days === 'number') {
    return days;
  }
  const names = ['informational', 'veryLow', 'low', 'medium', 'high', 'veryHigh'] as const;
  return days[names[severity]];
}
