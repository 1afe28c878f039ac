import {
  CONDITIONAL_PASS_CHOICES,
  type FindingBudgets,
  GRACE_PERIOD_CHOICES,
  type Judgement,
  LICENCE_RISKS,
  LINT_MODES,
  PROPOSED_MITIGATIONS_CHOICES,
} from '../domain/judgement.js';
import { isSeverity, severityName, SEVERITIES, type Severity } from '../domain/severity.js';
import type { ValidationIssue } from '../kernel/errors.js';
import { type Fields, showValue } from './fields.js';

/** A longer outage is no outage, but another arrangement. */
const MAX_OUTAGE_DAYS = 30;
const MAX_DAYS = 3650;

/** What was said about a judgement, typed; and what is wrong with the rest. @public */
export interface ParsedJudgement {
  readonly given: { readonly [K in keyof Judgement]?: Judgement[K] };
  /** `path` is the name that was given. */
  readonly issues: readonly ValidationIssue[];
}

type Read<T> = { readonly value: T } | { readonly wanted: string };

interface Reader<K extends keyof Judgement> {
  readonly key: K;
  readonly read: (value: unknown) => Read<Judgement[K]>;
}

function reader<K extends keyof Judgement>(key: K, read: (value: unknown) => Read<Judgement[K]>): Reader<K> {
  return { key, read };
}

const SEVERITY_WORDS = `a severity: ${SEVERITIES.map(severityName).join(', ')}, or 5 to 0`;

/** The names of the command line, which are those of an organisation's file as well. */
const READERS = {
  'conditional-pass': reader('conditionalPass', choice(CONDITIONAL_PASS_CHOICES)),
  'fail-on-severity': reader('failOnSeverity', (value) => found(severityOf(value), SEVERITY_WORDS)),
  'fail-on-cwe': reader('failOnCwe', readCwes),
  'fail-on-cvss': reader('failOnCvss', readScore),
  'fail-on-licence-risk': reader('failOnLicenceRisk', choice(LICENCE_RISKS)),
  'max-findings': reader('maxFindings', readBudgets),
  'max-finding-age': reader('maxFindingAge', days),
  'grace-period': reader('gracePeriod', choice(GRACE_PERIOD_CHOICES)),
  'proposed-mitigations': reader('proposedMitigations', choice(PROPOSED_MITIGATIONS_CHOICES)),
  'new-only': reader('newOnly', truth),
  'apply-mitigations': reader('applyMitigations', truth),
  waivers: reader('waivers', choice(['allowed', 'none'] as const)),
  'waiver-max-days': reader('waiverMaxDays', days),
  'report-only': reader('reportOnly', truth),
  'missing-credentials': reader('missingCredentials', choice(['fail', 'skip'] as const)),
  'on-outage': reader('onOutage', readOutage),
  'poll-interval': reader('pollInterval', (value) => wholeNumber(value, 1, 3600)),
  'allow-fast-polling': reader('allowFastPolling', truth),
  lint: reader('lint', choice(LINT_MODES)),
  'lint-ignore': reader('lintIgnore', choice(['allowed', 'none'] as const)),
} as const;

/** Name of a part of a judgement. @public */
export type JudgementName = keyof typeof READERS;

/** Every name. @public */
export const JUDGEMENT_NAMES = Object.keys(READERS) as readonly JudgementName[];

/**
 * Reads what somebody said about a judgement, on a command line or in a file: texts, numbers and lists of them alike.
 * Names that are not there were not said. Pure.
 *
 * @public
 */
export function parseJudgement(said: Fields): ParsedJudgement {
  const given: Record<string, unknown> = {};
  const issues: ValidationIssue[] = [];
  for (const name of JUDGEMENT_NAMES) {
    if (said[name] === undefined) continue;
    const { key, read } = READERS[name];
    const result = read(said[name]);
    if ('value' in result) given[key] = result.value;
    else issues.push({ path: name, got: showValue(said[name]), wanted: result.wanted });
  }
  return { given, issues };
}

function found<T>(value: T | undefined, wanted: string): Read<T> {
  return value === undefined ? { wanted } : { value };
}

function choice<T extends string>(choices: readonly T[]): (value: unknown) => Read<T> {
  return (value) => found(choices.find((word) => word === value), choices.join(', '));
}

function truth(value: unknown): Read<boolean> {
  return typeof value === 'boolean' ? { value } : { wanted: 'true or false' };
}

function days(value: unknown): Read<number> {
  return wholeNumber(value, 1, MAX_DAYS);
}

function wholeNumber(value: unknown, min: number, max: number): Read<number> {
  const number = typeof value === 'string' && /^\d{1,9}$/u.test(value) ? Number(value) : value;
  const isFine = typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max;
  return isFine ? { value: number } : { wanted: `a whole number from ${min} to ${max}` };
}

function severityOf(value: unknown): Severity | undefined {
  const text = String(value).trim();
  const number = /^\d$/u.test(text) ? Number(text) : Number.NaN;
  if (isSeverity(number)) return number;
  return SEVERITIES.find((severity) => plain(severityName(severity)) === plain(text));
}

/** One number or several, with commas or as a list, each with or without `CWE-`. */
function readCwes(value: unknown): Read<readonly number[]> {
  const words = itemsOf(value).map((word) => /^(?:cwe-?)?(\d{1,6})$/iu.exec(word)?.[1]);
  const wanted = 'numbers of CWEs, for instance 89,79';
  if (words.length === 0 || words.some((word) => word === undefined || Number(word) === 0)) return { wanted };
  return { value: [...new Set(words.map(Number))] };
}

function readScore(value: unknown): Read<number> {
  const score = typeof value === 'string' && /^\d{1,2}(?:\.\d+)?$/u.test(value.trim()) ? Number(value) : value;
  const isFine = typeof score === 'number' && score >= 0 && score <= 10;
  return isFine ? { value: score } : { wanted: 'a CVSS score from 0 to 10, for instance 7.5' };
}

/** `High=3` and its kin; in a file a mapping does as well. */
function readBudgets(value: unknown): Read<FindingBudgets> {
  const wanted = 'SEVERITY=N, for instance High=3, each severity once';
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  const items = isMapping ? Object.entries(value).map(([severity, most]) => `${severity}=${String(most)}`) : itemsOf(value);
  const budgets: Partial<Record<Severity, number>> = {};
  for (const item of items) {
    const [, word, most] = /^([^=]+)=\s*(\d{1,9})$/u.exec(item) ?? [];
    const severity = word === undefined ? undefined : severityOf(word);
    if (severity === undefined || budgets[severity] !== undefined) return { wanted };
    budgets[severity] = Number(most);
  }
  return items.length === 0 ? { wanted } : { value: budgets };
}

/** `fail`, or `warn:DAYS`. */
function readOutage(value: unknown): Read<number> {
  if (value === 'fail') return { value: 0 };
  const text = typeof value === 'string' ? /^warn:(\d{1,3})$/u.exec(value)?.[1] : undefined;
  const count = Number(text ?? 0);
  return count >= 1 && count <= MAX_OUTAGE_DAYS ? { value: count } : { wanted: `fail, or warn:DAYS with 1 to ${MAX_OUTAGE_DAYS} days` };
}

function itemsOf(value: unknown): readonly string[] {
  const texts = Array.isArray(value) ? value.map(String) : [String(value)];
  return texts.flatMap((text) => text.split(',')).map((item) => item.trim()).filter((item) => item !== '');
}

function plain(text: string): string {
  return text.replace(/[\s_-]/gu, '').toLowerCase();
}
