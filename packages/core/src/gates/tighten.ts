import type { FindingBudgets, Judgement } from '../domain/judgement.js';
import { CONDITIONAL_PASS_CHOICES, GRACE_PERIOD_CHOICES, LICENCE_RISKS, LINT_MODES, PROPOSED_MITIGATIONS_CHOICES } from '../domain/judgement.js';
import { SEVERITIES, severityName, type Severity } from '../domain/severity.js';
import type { ValidationIssue } from '../kernel/errors.js';

/** What of a judgement somebody said; the rest is as the floor has it. @public */
export type GivenJudgement = { readonly [K in keyof Judgement]?: Judgement[K] };

/** A judgement that is nowhere milder than its floor, and what was refused. @public */
export interface TightenedJudgement {
  readonly judgement: Judgement;
  /** One for each option that would loosen the floor; names both values. */
  readonly issues: readonly ValidationIssue[];
}

/** How two values of one option compare. */
interface Rule<T> {
  /** True when `given` is milder than `floor` somewhere. */
  readonly loosens: (floor: T, given: T) => boolean;
  /** What is as strict as both, where `given` loosens nothing. @defaultValue `given` */
  readonly both?: (floor: T, given: T) => T;
  readonly show: (value: T) => string;
}

const RULES: { readonly [K in keyof Judgement]: Rule<Judgement[K]> } = {
  conditionalPass: ranked(CONDITIONAL_PASS_CHOICES),
  failOnSeverity: lowestIsStrictest<Severity>(severityName),
  failOnCwe: { loosens: () => false, both: union, show: String },
  failOnCvss: lowestIsStrictest((score: number) => String(score)),
  failOnLicenceRisk: {
    loosens: (floor, given) => riskRank(given) > riskRank(floor),
    show: (value) => value ?? 'none',
  },
  maxFindings: { loosens: hasLargerBudget, both: smallestBudgets, show: showBudgets },
  maxFindingAge: lowestIsStrictest((days) => `${days} days`),
  gracePeriod: ranked(GRACE_PERIOD_CHOICES.toReversed()),
  proposedMitigations: ranked(PROPOSED_MITIGATIONS_CHOICES.toReversed()),
  newOnly: ranked([true, false]),
  applyMitigations: ranked([true, false]),
  waivers: ranked(['allowed', 'none']),
  waiverMaxDays: lowestIsStrictest((days) => `${days} days`),
  reportOnly: ranked([true, false]),
  missingCredentials: ranked(['skip', 'fail']),
  onOutage: {
    loosens: (floor, given) => given > floor,
    show: (days) => (days === 0 ? 'fail' : `warn:${days}`),
  },
  pollInterval: {
    loosens: (floor, given) => floor !== null && given !== null && given < floor,
    both: (floor, given) => given ?? floor,
    show: (seconds) => (seconds === null ? 'the default' : `${seconds} s`),
  },
  allowFastPolling: ranked([true, false]),
  lint: ranked(LINT_MODES.toReversed()),
  lintIgnore: ranked(['allowed', 'none']),
};

/**
 * Puts what a repository asks for on top of what its organisation demands: each option may be as strict as the floor
 * or stricter. What would loosen it is refused, and the floor's value stands. Pure.
 *
 * @param given - only what was really said: a default loosens nothing
 * @public
 */
export function tighten(floor: Judgement, given: GivenJudgement): TightenedJudgement {
  const issues: ValidationIssue[] = [];
  const values: Record<string, unknown> = { ...floor };
  // The table pairs each key with a rule of its own type; the loop sees them without it.
  for (const [key, rule] of Object.entries(RULES as unknown as Readonly<Record<keyof Judgement, Rule<unknown>>>)) {
    const value = given[key as keyof Judgement];
    if (value === undefined) continue;
    const demanded = values[key];
    if (!rule.loosens(demanded, value)) values[key] = rule.both === undefined ? value : rule.both(demanded, value);
    else issues.push({ path: key, got: rule.show(value), wanted: `${rule.show(demanded)}, which the organisation's policy demands, or something stricter` });
  }
  return { judgement: values as unknown as Judgement, issues };
}

/** @param words - mildest first */
function ranked<T>(words: readonly T[]): Rule<T> {
  return {
    loosens: (floor, given) => words.indexOf(given) < words.indexOf(floor),
    show: String,
  };
}

/** A threshold that nobody set is the mildest one. */
function lowestIsStrictest<T extends number>(show: (value: T) => string): Rule<T | null> {
  const rank = (value: T | null): number => value ?? Infinity;
  return {
    loosens: (floor, given) => rank(given) > rank(floor),
    show: (value) => (value === null ? 'none' : show(value)),
  };
}

function riskRank(risk: Judgement['failOnLicenceRisk']): number {
  return risk === null ? Infinity : LICENCE_RISKS.indexOf(risk);
}

/** A list of weaknesses can only grow. */
function union(floor: readonly number[], given: readonly number[]): readonly number[] {
  return [...new Set([...floor, ...given])];
}

function smallestBudgets(floor: FindingBudgets, given: FindingBudgets): FindingBudgets {
  return { ...floor, ...given };
}

/** A severity that the floor does not name may have any budget; one that is not given keeps the floor's. */
function hasLargerBudget(floor: FindingBudgets, given: FindingBudgets): boolean {
  return SEVERITIES.some((severity) => (given[severity] ?? 0) > (floor[severity] ?? Infinity));
}

function showBudgets(budgets: FindingBudgets): string {
  const parts = SEVERITIES.flatMap((severity) => (budgets[severity] === undefined ? [] : [`${severityName(severity)}=${budgets[severity]}`]));
  return parts.length === 0 ? 'none' : parts.join(', ');
}
