import type { BuildContext } from '../domain/build.js';
import type { BuildPlace, UploadedArtifact } from './scan-outcome.js';

/** A build whose files are proven: all that the steps after the upload need to know. */
export interface ScanWork {
  readonly place: BuildPlace;
  readonly artifacts: readonly UploadedArtifact[];
}

/** The context of a piece of work, as the API functions want it. */
export function contextOf({ place }: ScanWork): BuildContext {
  return { applicationId: place.application.id, sandboxId: place.sandbox?.id ?? null };
}
