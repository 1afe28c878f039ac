import type { Severity } from './severity.js';

/** What a Conditional Pass (rules violated, grace period running) counts as. @public */
export type ConditionalPass = 'pass' | 'warn' | 'fail';

/** Every choice. @public */
export const CONDITIONAL_PASS_CHOICES: readonly ConditionalPass[] = ['pass', 'warn', 'fail'];

/** The platform's risk of a licence, in its words. @public */
export type LicenceRisk = 'low' | 'medium' | 'high';

/** Every licence risk, lowest first. @public */
export const LICENCE_RISKS: readonly LicenceRisk[] = ['low', 'medium', 'high'];

/** Which findings count: also those within their grace period, or only those whose period has expired. @public */
export type GracePeriod = 'within' | 'expired';

/** Every choice, strictest first. @public */
export const GRACE_PERIOD_CHOICES: readonly GracePeriod[] = ['within', 'expired'];

/** What a mitigation counts as that was proposed and not yet decided. @public */
export type ProposedMitigations = 'open' | 'accepted';

/** Every choice, strictest first. @public */
export const PROPOSED_MITIGATIONS_CHOICES: readonly ProposedMitigations[] = ['open', 'accepted'];

/** What findings of the artifact lint do to a run. @public */
export type LintMode = 'error' | 'warn' | 'off';

/** Every mode, strictest first. @public */
export const LINT_MODES: readonly LintMode[] = ['error', 'warn', 'off'];

/** How many open findings of a severity are borne; a severity that is not named has no budget. @public */
export type FindingBudgets = Readonly<Partial<Record<Severity, number>>>;

/** What fails a run, and which findings count for it. Null evaluates no such gate. @public */
export interface GateRules {
  readonly conditionalPass: ConditionalPass;
  /** This severity and everything above fails. */
  readonly failOnSeverity: Severity | null;
  /** A finding of one of these CWE numbers fails, whatever its severity. */
  readonly failOnCwe: readonly number[];
  /** An SCA finding with this CVSS score or a higher one fails, 0–10. */
  readonly failOnCvss: number | null;
  /** A component with a licence of this risk or a higher one fails. */
  readonly failOnLicenceRisk: LicenceRisk | null;
  readonly maxFindings: FindingBudgets;
  /** A finding that was first found longer ago fails, days. */
  readonly maxFindingAge: number | null;
  readonly gracePeriod: GracePeriod;
  readonly proposedMitigations: ProposedMitigations;
}

/** What can make a run milder than its gates, and what it may do to the platform. @public */
export interface RunRules {
  /** Whether only findings count that a baseline does not know. */
  readonly newOnly: boolean;
  /** Whether accepted mitigations of policy findings count for pipeline scans. */
  readonly applyMitigations: boolean;
  readonly waivers: 'allowed' | 'none';
  /** How far ahead the expiry of a waiver may lie, days; null is any time. */
  readonly waiverMaxDays: number | null;
  readonly reportOnly: boolean;
  readonly missingCredentials: 'fail' | 'skip';
  /** For how many days after the first failure an outage of the platform is tolerated; 0 is never. */
  readonly onOutage: number;
  /** Seconds; null is the default for the host. */
  readonly pollInterval: number | null;
  readonly allowFastPolling: boolean;
  /** What findings of the artifact lint come to: faults of the input, warnings, or nothing, as it is not run. */
  readonly lint: LintMode;
  /** Whether single rules of the artifact lint may be suppressed. */
  readonly lintIgnore: 'allowed' | 'none';
}

/** Everything that decides how a run is judged; an organisation can set a floor under it. @public */
export interface Judgement extends GateRules, RunRules {}

/** How a run is judged when nobody says anything. @public */
export const DEFAULT_JUDGEMENT: Judgement = {
  conditionalPass: 'pass',
  failOnSeverity: null,
  failOnCwe: [],
  failOnCvss: null,
  failOnLicenceRisk: null,
  maxFindings: {},
  maxFindingAge: null,
  gracePeriod: 'within',
  proposedMitigations: 'open',
  newOnly: false,
  applyMitigations: false,
  waivers: 'none',
  waiverMaxDays: null,
  reportOnly: false,
  missingCredentials: 'fail',
  onOutage: 0,
  pollInterval: null,
  allowFastPolling: false,
  lint: 'warn',
  lintIgnore: 'none',
};
