import type { ApplicationFields } from './application.js';

/** Which unfinished earlier build of the same context may be deleted to make room. @public */
export type DeleteIncomplete = 'never' | 'own-failed' | 'not-running' | 'any';

/** Every choice, most careful first. @public */
export const DELETE_INCOMPLETE_CHOICES: readonly DeleteIncomplete[] = ['never', 'own-failed', 'not-running', 'any'];

/** How modules are chosen after the prescan when no pattern is given. @public */
export type ModuleSelection = 'all-non-fatal' | 'previous' | 'top-level';

/** Every choice. @public */
export const MODULE_SELECTIONS: readonly ModuleSelection[] = ['all-non-fatal', 'previous', 'top-level'];

/** A file that will be uploaded; made by `inspectArtifacts`. @public */
export interface Artifact {
  /** As the user would open it. */
  readonly path: string;
  /** Name on the platform: the base name, or what `--save-as` made of it. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Modification time and identity at inspection; a difference at upload means that the file changed. */
  readonly fingerprint: ArtifactFingerprint;
}

/** What tells that a file is still the same one. @public */
export interface ArtifactFingerprint {
  readonly modifiedMs: number;
  readonly inode: string;
}

/** One validated upload-and-scan. Durations are milliseconds. @public */
export interface ScanRequest {
  readonly application: {
    /** Exact name; another case counts only where exactly one profile matches. */
    readonly name: string;
    readonly create: boolean;
    readonly update: boolean;
    readonly fields: ApplicationFields;
    readonly repositoryUrl: string | null;
  };
  /** Null means the policy context. */
  readonly sandbox: { readonly name: string; readonly create: boolean } | null;
  /** Identifies the build as ours: equal for every attempt of one CI job, different for any other run. */
  readonly scanName: string;
  /** Appended when the platform refuses the name because it is used elsewhere, for instance ` (attempt 2)`. */
  readonly scanNameSuffixes: readonly string[];
  /** Pattern (`*`, `?`) of the scan names that earlier runs of the same CI job used; null when there is none. */
  readonly earlierScanNames: string | null;
  readonly artifacts: readonly Artifact[];
  readonly modules: {
    readonly selection: ModuleSelection;
    /** Patterns on module names (`*`, `?`); empty means no restriction. */
    readonly include: readonly string[];
    readonly exclude: readonly string[];
  };
  readonly deleteIncomplete: DeleteIncomplete;
  readonly waitTurn: boolean;
  /**
   * Leave our own build on the platform when its scan failed for good, and the sandbox that was made for it; otherwise
   * the build is deleted, as it blocks the next run, and the sandbox with it.
   */
  readonly keepFailedBuild: boolean;
  /** False: end after a read-back has shown the submission. */
  readonly wait: boolean;
  readonly timeoutMs: number;
  readonly pollIntervalMs: number;
}
