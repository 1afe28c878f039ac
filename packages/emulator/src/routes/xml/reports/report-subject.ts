import type { EmulatedAccount } from '../../../exchange.js';
import { demandRight } from '../../../platform/access.js';
import { createBuildResults, type BuildResults } from '../../../platform/findings/build-results.js';
import { tallyFindings, type FindingTally } from '../../../platform/findings/finding-tally.js';
import { findBuild, type LocatedBuild } from '../../../platform/lookup.js';
import { policyStatusOf } from '../../../platform/policy-status.js';
import { PlatformRefusal } from '../../../platform/refusal.js';
import type { PolicyStatus } from '../../../platform/state.js';
import { policyNamed, type World } from '../../../platform/world.js';
import type { PolicySpec } from '../../../scenarios/policy-schema.js';

/** Everything that a report is about, as it stood when the report was asked for. */
export interface ReportSubject extends LocatedBuild {
  readonly world: World;
  readonly generatedAtMs: number;
  readonly results: BuildResults;
  readonly tally: FindingTally;
  readonly policy: PolicySpec;
  readonly policyStatus: PolicyStatus;
}

/**
 * Looks up a build for a report.
 *
 * The records are copied: a report is streamed, and what changes meanwhile must not make its figures disagree.
 *
 * @throws PlatformRefusal when the build does not exist or has not published results
 */
export function findReportSubject(world: World, account: EmulatedAccount, buildId: string): ReportSubject {
  demandRight(account, 'read-results');
  const found = findBuild(world, account, buildId);
  if (found === undefined) {
    throw new PlatformRefusal(`A valid app could not be found for build_id=${buildId}.`);
  }
  const located = structuredClone(found);
  const generatedAtMs = world.clock.emulatedMs();
  const results = createBuildResults(located.application, located.build, generatedAtMs);
  if (results === null) {
    throw new PlatformRefusal('No report available.');
  }
  const policy = policyNamed(world.scenario, located.application.policyName);
  return {
    ...located,
    world,
    generatedAtMs,
    results,
    tally: tallyFindings(results),
    policy,
    policyStatus: policyStatusOf(located.application, located.build, policy, generatedAtMs),
  };
}
