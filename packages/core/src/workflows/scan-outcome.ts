import type { BuildInfo, PolicyEvaluation } from '../domain/build.js';
import type { FindingSource } from '../domain/finding.js';
import type { FindingTally } from '../domain/finding-tally.js';

/** An uploaded artifact, proven by the platform's file list. @public */
export interface UploadedArtifact {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Lower-case hex, of the bytes that were sent. */
  readonly sha256: string;
  readonly md5: string;
  readonly fileId: string;
}

/** A module that took part in the scan, from the report. @public */
export interface ScannedModule {
  readonly name: string;
}

/** Where a build lies. @public */
export interface BuildPlace {
  readonly application: { readonly id: string; readonly name: string; readonly created: boolean };
  readonly sandbox: { readonly id: string; readonly name: string; readonly created: boolean } | null;
  readonly build: { readonly id: string; readonly name: string };
}

/** Handed over and read back, not judged. @public */
export interface SubmittedScan extends BuildPlace {
  readonly kind: 'submitted';
  readonly artifacts: readonly UploadedArtifact[];
  readonly status: BuildInfo;
}

/** A word about the policy that the platform has come to. @public */
export type DecidedEvaluation = Exclude<PolicyEvaluation, 'calculating' | 'unknown'>;

/**
 * A scan with everything a verdict needs. Only `proveScan` makes one, and it refuses to without a scan id, a terminal
 * status, files that are ours to the byte, at least one scanned module, findings whose count agrees with the platform's,
 * and a decided policy evaluation; that of a policy scan with its time.
 *
 * @public
 */
export interface ProvenScan extends BuildPlace {
  readonly kind: 'proven';
  readonly artifacts: readonly UploadedArtifact[];
  readonly status: BuildInfo;
  readonly submittedAt: string | null;
  readonly publishedAt: string | null;
  readonly modules: readonly [ScannedModule, ...ScannedModule[]];
  readonly findings: FindingSource;
  readonly tally: FindingTally;
  /** Findings that the platform says the report has. */
  readonly reportedFindings: number;
  readonly policy: {
    readonly name: string | null;
    readonly version: string | null;
    readonly evaluation: PolicyEvaluation;
    readonly rulesStatus: PolicyEvaluation;
    /** The word that counts: the evaluation of a policy scan, the rules of a sandbox scan. */
    readonly deciding: DecidedEvaluation;
    /** ISO 8601 UTC, as the platform says. Null: it has assessed nothing, or does not date the rules of a sandbox. */
    readonly evaluatedAt: string | null;
  };
  /** The raw detailed report. */
  readonly reportFile: string;
  readonly [PROOF]: true;
}

/** Marks values that went through `proveScan`. */
export const PROOF: unique symbol = Symbol('verapipe.proof');

/** How a run that did not fail ended. @public */
export type ScanOutcome = SubmittedScan | ProvenScan;
