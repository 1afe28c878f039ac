import type { BuildEvent, BuildRecord, DeletionRecord } from './state.js';

/** Writes down what happened to a build. */
export function recordEvent(build: BuildRecord, kind: BuildEvent['kind'], event: DeletionRecord & { readonly detail?: string }): void {
  build.events.push({ kind, ...event });
}

/** Marks builds as deleted; they stay visible to whoever checks the emulator. */
export function deleteBuilds(builds: readonly BuildRecord[], deletion: DeletionRecord): void {
  for (const build of builds.filter(({ deleted }) => deleted === null)) {
    build.deleted = deletion;
    recordEvent(build, 'deleted', deletion);
  }
}
