import type { ScanRequest } from '../domain/scan-request.js';
import type { UploadedArtifact } from './scan-outcome.js';

/**
 * The changing step that a run is at. A state is written before a step is sent (`began`) and after its effect was
 * read back (`done`), so that whoever continues knows what may have happened.
 *
 * @public
 */
export type ScanStep = 'application' | 'sandbox' | 'delete-build' | 'build' | 'upload' | 'prescan' | 'scan' | 'results';

/** What another process needs to go on with a run. Plain data, no secrets. @public */
export interface ScanState {
  readonly schemaVersion: 1;
  /** Platform base URL, so that a state is never continued against another platform. */
  readonly platformUrl: string;
  readonly scanName: string;
  /** How modules are chosen once the prescan has ended. */
  readonly modules: ScanRequest['modules'];
  readonly step: ScanStep;
  readonly progress: 'began' | 'done';
  readonly application: { readonly id: string; readonly name: string; readonly created: boolean } | null;
  readonly sandbox: { readonly id: string; readonly name: string; readonly created: boolean } | null;
  readonly build: { readonly id: string; readonly name: string; readonly created: boolean } | null;
  readonly artifacts: readonly UploadedArtifact[];
  /** ISO 8601 UTC. */
  readonly updatedAt: string;
}

/** Keeps states durably; resolves once the state would survive a crash. @public */
export type SaveState = (state: ScanState) => Promise<void>;
