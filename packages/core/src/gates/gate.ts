import type { PolicyEvaluation } from '../domain/build.js';
import type { Finding } from '../domain/finding.js';
import type { GateRules } from '../domain/judgement.js';
import type { Policy } from '../domain/policy.js';
import type { Waiver } from '../domain/waiver.js';

/** What one gate, or all of them together, say. @public */
export type GateOutcome = 'pass' | 'warn' | 'fail';

/** One gate's judgement with the numbers that it saw. @public */
export interface GateResult {
  /** Literal: `policy`, `policy-rules`, `severity`, `cwe`, `cvss`, `licence-risk`, `max-findings`, `age`, `any-finding`. */
  readonly id: string;
  readonly outcome: GateOutcome;
  /** One sentence for people, numbers included. */
  readonly sentence: string;
  readonly numbers: Readonly<Record<string, string | number | boolean | null>>;
}

/** The judgement of a whole run; at least one gate was evaluated. @public */
export interface GateVerdict {
  readonly verdict: GateOutcome;
  readonly gates: readonly [GateResult, ...GateResult[]];
  /** Findings that did not count because of a waiver. */
  readonly waived: number;
  /** A sentence for each waiver that has expired or is about nothing any more. */
  readonly warnings: readonly string[];
}

/** Why a finding counts (`open`), or why it may not. The first reason in this order is named. @public */
export type Standing = 'fixed' | 'waived' | 'known' | 'mitigated' | 'proposed' | 'in-grace' | 'open';

/** A finding as gates see it. */
export interface SeenFinding {
  readonly finding: Finding;
  readonly standing: Standing;
  /** The one that covers it, where the standing is `waived`. */
  readonly waiver: Waiver | null;
}

/** What stands in a waiver, for whoever reads of a finding that it covers. @public */
export type AppliedWaiver = Pick<Waiver, 'reason' | 'owner' | 'expires'>;

/** A finding, and what became of it in the judgement. @public */
export interface JudgedFinding extends Finding {
  /** Null: nobody judged it. */
  readonly standing: Standing | null;
  /** Not null where the standing is `waived`. */
  readonly waiver: AppliedWaiver | null;
}

/** One gate at work: sees every finding once, then judges. */
export interface Gate {
  see(seen: SeenFinding): void;
  result(): GateResult;
}

/** What was scanned, and what the platform says about it as a whole. @public */
export type ScanUnderJudgement =
  | {
      readonly kind: 'policy' | 'sandbox';
      readonly policyName: string | null;
      readonly policyEvaluation: PolicyEvaluation;
      readonly rulesStatus: PolicyEvaluation;
    }
  /** The platform judges no pipeline scan: there is no evaluation that could pass. */
  | { readonly kind: 'pipeline'; readonly policy: PipelinePolicy | null }
  /** Findings of nobody says which scan: they are judged by what was asked for, and by nothing else. */
  | { readonly kind: 'list' };

/** What of a platform policy matters for a pipeline scan. @public */
export type PipelinePolicy = Pick<Policy, 'name' | 'rules' | 'customSeverities'>;

/** Results to judge; wherever they come from, they are finished and their findings can be counted. @public */
export interface GateInput {
  readonly scan: ScanUnderJudgement;
  readonly findings: AsyncIterable<Finding> | Iterable<Finding>;
  /** How many findings the source says that there are; another number is no judgement but an error. */
  readonly reportedFindings: number;
  /** Milliseconds since 1970: what grace periods, ages and waivers are measured against. */
  readonly nowMs: number;
}

/** What a baseline knows. @public */
export interface KnownFindings {
  /** Asked once for each finding, in the order of the source, so that one known finding can stand for one only. */
  isKnown(finding: Finding): boolean;
}

/** Which gates are evaluated, and which findings count for them. @public */
export interface GateOptions extends GateRules {
  readonly waivers: readonly Waiver[];
  /** Only what this baseline does not know counts; null: everything does. */
  readonly known: KnownFindings | null;
}
