import type { ApiCall } from '../../../exchange.js';
import { createBuildResults, type BuildResults } from '../../../platform/findings/build-results.js';
import { buildsOf, liveSandboxes, type ScanContext } from '../../../platform/lookup.js';
import type { ApplicationRecord, BuildRecord } from '../../../platform/state.js';
import { policyNamed, type World } from '../../../platform/world.js';
import type { PolicySpec } from '../../../scenarios/policy-schema.js';
import { demandApplication } from '../application-routes.js';
import { RestProblem } from '../rest-route.js';

/** A published scan, with what is needed to show its findings. */
export interface PublishedScan extends ScanContext {
  readonly build: BuildRecord;
  readonly results: BuildResults;
  readonly policy: PolicySpec;
}

/** The policy scans of an application, or the sandbox that `context` names. @throws RestProblem 404 */
export function demandContext(world: World, call: ApiCall, guid: string | undefined, context: string | undefined): ScanContext {
  const application = demandApplication(world, call, guid);
  // Clients that know of no sandbox send the application itself.
  if (context === undefined || context === application.guid) {
    return { application, sandbox: null };
  }
  const sandbox = liveSandboxes(application).find((candidate) => candidate.guid === context);
  if (sandbox === undefined) {
    throw new RestProblem(404, 'The requested sandbox could not be found');
  }
  return { application, sandbox };
}

/** Published scans of a context, oldest first. */
export function publishedBuilds(world: World, context: ScanContext): BuildRecord[] {
  const nowMs = world.clock.emulatedMs();
  return buildsOf(context, nowMs).filter((build) => createBuildResults(context.application, build, nowMs) !== null);
}

/** The newest scan of a context that has results; findings are always those of it. */
export function newestScan(world: World, context: ScanContext): PublishedScan | undefined {
  const build = publishedBuilds(world, context).at(-1);
  const results = build === undefined ? null : createBuildResults(context.application, build, world.clock.emulatedMs());
  return build === undefined || results === null ? undefined : { ...context, build, results, policy: policyOf(world, context.application) };
}

function policyOf(world: World, { policyName }: ApplicationRecord): PolicySpec {
  return policyNamed(world.scenario, policyName);
}
