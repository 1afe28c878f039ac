import { policyIsKnown, publishedAtMs } from './build-status.js';
import type { ApplicationRecord, BuildRecord } from './state.js';

/** When the policy of a build was evaluated; null while it is not. */
export function evaluatedAtMs(build: BuildRecord, nowMs: number): number | null {
  if (!policyIsKnown(build, nowMs)) {
    return null;
  }
  return Math.max(publishedAtMs(build, nowMs) ?? 0, build.scan?.policyKnownAtMs ?? 0);
}

/** The newest evaluation among the policy scans of an application. */
export function latestEvaluationAtMs(application: ApplicationRecord, nowMs: number): number | null {
  const evaluations = application.builds
    .filter(({ sandboxId, deleted, visibleFromMs }) => sandboxId === null && deleted === null && visibleFromMs <= nowMs)
    .flatMap((build) => evaluatedAtMs(build, nowMs) ?? []);
  return evaluations.at(-1) ?? null;
}
