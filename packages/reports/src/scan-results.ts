import type { FindingTally, GateOutcome, GateResult, PolicyEvaluation, Region } from '@verapipe/core';

/** How a run was judged: `pending` was submitted and not judged, `none` came to no judgement. @public */
export type ResultsVerdict = GateOutcome | 'pending' | 'none';

/** The CI run that made the results; absent facts are null. @public */
export interface CiFacts {
  readonly system: string;
  readonly pipeline: string | null;
  readonly run: string | null;
  readonly job: string | null;
  readonly leg: string | null;
  readonly attempt: number | null;
  readonly commit: string | null;
  readonly branch: string | null;
  readonly targetBranch: string | null;
  readonly pullRequest: string | null;
  readonly repositoryUrl: string | null;
  readonly runUrl: string | null;
  readonly jobUrl: string | null;
}

/** An application profile or sandbox as the run met it. @public */
export interface PlaceFacts {
  readonly id: string;
  readonly name: string;
  /** True when this run created it. */
  readonly created: boolean;
}

/** The scan itself. @public */
export interface ScanFacts {
  readonly kind: 'policy' | 'sandbox';
  /** The build id: part of every call and link. */
  readonly id: string;
  readonly name: string;
  /** Normalised, `unknown` for words that nobody documented; null when it was not read. */
  readonly status: string | null;
  /** The platform's spelling. */
  readonly statusText: string | null;
  /** ISO 8601 UTC. */
  readonly startedAt: string | null;
  /** ISO 8601 UTC. */
  readonly publishedAt: string | null;
  /** For people. */
  readonly url: string | null;
  readonly modules: readonly { readonly name: string }[];
}

/** One uploaded file. @public */
export interface ArtifactFacts {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly fileId: string;
}

/** The platform's judgement. @public */
export interface PolicyFacts {
  readonly name: string | null;
  readonly version: string | null;
  readonly evaluation: PolicyEvaluation;
  readonly rulesStatus: PolicyEvaluation;
  /** ISO 8601 UTC. */
  readonly evaluatedAt: string | null;
}

/** What an auditor asks for, in one place. @public */
export interface ProofFacts {
  readonly toolVersion: string;
  readonly commit: string | null;
  readonly ciRun: string | null;
  /** The platform's account (organisation), never a key. */
  readonly accountId: string | null;
  readonly buildId: string;
  readonly status: string;
  readonly modulesScanned: number;
  readonly artifacts: readonly { readonly name: string; readonly sha256: string }[];
  readonly policy: PolicyFacts;
  readonly gates: readonly { readonly id: string; readonly outcome: GateOutcome }[];
  /** Files of waivers that were applied, with their checksums. */
  readonly waivers: readonly { readonly path: string; readonly sha256: string }[];
  readonly counts: {
    /** Findings that were read. */
    readonly read: number;
    /** Findings that the platform says there are. */
    readonly reported: number;
  };
}

/** Why a run came to no judgement. @public */
export interface FailureFacts {
  readonly exitCode: number;
  /** Literal, kebab-case. */
  readonly code: string;
  readonly message: string;
  readonly advice: string | null;
}

/**
 * Everything about one run except its findings: what `--json` prints and what `verapipe-results.json` begins with.
 *
 * Absent facts are null, never invented. The published JSON Schema is `schemas/verapipe-results-1.schema.json`.
 *
 * @public
 */
export interface ScanResults {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'verapipe'; readonly version: string };
  /** ISO 8601 UTC. */
  readonly generatedAt: string;
  readonly ci: CiFacts | null;
  readonly platform: { readonly url: string; readonly region: Region | null } | null;
  readonly application: PlaceFacts | null;
  /** Null in the policy context. */
  readonly sandbox: PlaceFacts | null;
  readonly scan: ScanFacts | null;
  readonly artifacts: readonly ArtifactFacts[];
  readonly policy: PolicyFacts | null;
  readonly proof: ProofFacts | null;
  readonly gates: readonly GateResult[];
  readonly verdict: ResultsVerdict;
  /** True when the gates were evaluated and recorded, but could not fail the run. */
  readonly reportOnly: boolean;
  readonly counts: FindingTally | null;
  readonly failure: FailureFacts | null;
}
