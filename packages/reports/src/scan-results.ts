import type { FindingTally, GateOutcome, GateResult, MatchConfidence, PathMappingTally, PolicyEvaluation, Region, Severity } from '@verapipe/core';

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
  readonly kind: 'policy' | 'sandbox' | 'pipeline';
  /** The build id: part of every call and link. Of a pipeline scan, its own id. */
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
  /** Null for a pipeline scan, which keeps no files. */
  readonly fileId: string | null;
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

/** A file that took part in the judgement. @public */
export interface FileFacts {
  readonly path: string;
  /** Lower-case hex, of its bytes. */
  readonly sha256: string;
}

/** A file of waivers, and what it did. @public */
export interface WaiverFileFacts extends FileFacts {
  /** Findings that did not count because of it. */
  readonly findings: number;
  /** A sentence for each waiver that has expired or is about nothing any more. */
  readonly warnings: readonly string[];
}

/** A file of findings that were taken for known, so that only new ones counted for the gates besides the platform's. @public */
export interface BaselineFacts extends FileFacts {
  /** Build id or pipeline scan id of what it is of; null where nobody says. */
  readonly scanId: string | null;
  /** Findings of the scan that it knows. */
  readonly known: number;
  /** How many of them were recognised how surely; they add up to `known`. Null: the results are older than this fact. */
  readonly knownBy: Readonly<Record<MatchConfidence, number>> | null;
  /** Findings that it has and the scan has not, by severity; null in results of older versions. */
  readonly goneBySeverity: Readonly<Record<Severity, number>> | null;
}

/** A finding of a pipeline scan that took over the accepted mitigation of a policy flaw. @public */
export interface AppliedMitigationFacts {
  /** Id of the finding, in this file. */
  readonly finding: string;
  /** The platform's issue id of the policy flaw. */
  readonly policyFlaw: string;
  /** The platform's words. */
  readonly reason: string | null;
  readonly approver: string | null;
}

/**
 * Accepted mitigations of an application's policy flaws, and what became of them in a pipeline scan. They were recognised
 * by equal hashes and nothing else; the numbers add up to `accepted`.
 *
 * @public
 */
export interface MitigationFacts {
  readonly application: string;
  /** The newest published policy scan; null: there is none. */
  readonly buildId: string | null;
  /** The detailed report of that scan, as it was read. */
  readonly report: FileFacts | null;
  /** Accepted mitigations of static flaws that are not fixed. */
  readonly accepted: number;
  /** The report does not carry their hashes. */
  readonly withoutHashes: number;
  /** No finding of the scan has their hashes. */
  readonly unmatched: number;
  /** Several flaws, or several findings, have equal hashes. */
  readonly ambiguous: number;
  readonly applied: readonly AppliedMitigationFacts[];
}

/** An outage of the platform that people have decided to bear for a while; nothing was judged. @public */
export interface OutageFacts {
  /** ISO 8601 UTC: the first failure. */
  readonly since: string;
  /** ISO 8601 UTC: from here on it is not tolerated any more. */
  readonly toleratedUntil: string;
  readonly days: number;
  readonly owner: string;
  readonly reason: string;
}

/** What an auditor asks for, in one place. @public */
export interface ProofFacts {
  readonly toolVersion: string;
  readonly commit: string | null;
  readonly ciRun: string | null;
  /** The platform's account (organisation), never a key. */
  readonly accountId: string | null;
  /** Of a pipeline scan, its own id. */
  readonly buildId: string;
  readonly status: string;
  readonly modulesScanned: number;
  readonly artifacts: readonly { readonly name: string; readonly sha256: string }[];
  /** Null for a pipeline scan: the platform evaluates no policy for it. */
  readonly policy: PolicyFacts | null;
  readonly gates: readonly { readonly id: string; readonly outcome: GateOutcome }[];
  /** The file of the organisation under whose floor the gates were evaluated. */
  readonly orgPolicy: FileFacts | null;
  /** Files of waivers that were applied. */
  readonly waivers: readonly WaiverFileFacts[];
  /** Null: every finding counted. */
  readonly baseline: BaselineFacts | null;
  /** Null: none were asked for. */
  readonly mitigations: MitigationFacts | null;
  readonly counts: {
    /** Findings that were read. */
    readonly read: number;
    /** Findings that the platform says there are. */
    readonly reported: number;
  };
}

/** The data paths that were asked for, and how many there are. They decide about no verdict. @public */
export interface DataPathFacts {
  /** Findings whose data paths were asked for. */
  readonly findings: number;
  readonly read: number;
  /** Findings that have none here although they were asked for. */
  readonly missing: number;
  /** Why; null when none is missing. */
  readonly reason: string | null;
}

/** What the artifact lint found before anything was sent. @public */
export interface LintFacts {
  /** `error`: a finding of that severity would have ended the run; of a run without the lint there are no facts. */
  readonly mode: 'error' | 'warn';
  /** Ids of rules that were suppressed. */
  readonly ignored: readonly string[];
  readonly total: number;
  /** The first thousand at most, errors first. */
  readonly findings: readonly LintFindingFacts[];
}

/** One finding of the artifact lint. @public */
export interface LintFindingFacts {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** Name on the platform. */
  readonly artifact: string;
  /** Within the artifact; null for the artifact as a whole. */
  readonly place: string | null;
  readonly sentence: string;
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
  /** How many findings lie in a file of the checkout; null where there was none, and for runs without findings. */
  readonly pathMapping: PathMappingTally | null;
  /** Null where nobody asked. */
  readonly dataPaths: DataPathFacts | null;
  readonly failure: FailureFacts | null;
  /** Not null where the failure was tolerated: the run ended with 0, and without a verdict. */
  readonly outage: OutageFacts | null;
  /** Null where the lint was off, or there were no artifacts to look into. */
  readonly lint: LintFacts | null;
}
