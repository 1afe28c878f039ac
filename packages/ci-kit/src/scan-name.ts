import { createHash } from 'node:crypto';

import { nearestNames, type RandomSource, type ValidationIssue } from '@verapipe/core';

import type { CiContext, CiSystem } from './ci-context/ci-context.js';
import { outsideIdentity, type OutsideIdentity } from './ci-context/none.js';
import { joinParts } from './ci-context/variables.js';

/** What a template may hold, and what each placeholder stands for. @public */
export const SCAN_NAME_PLACEHOLDERS = {
  ci: 'azure, gitlab, bitbucket, jenkins; local outside of these',
  run: 'pipeline and run: web/shop 48211; outside of a CI time and a random text',
  suffix: 'job and matrix leg, each after a blank; empty where there is none',
  pipeline: 'pipeline, project or repository',
  number: 'id of the run',
  job: 'job, step or stage',
  leg: 'leg of a matrix',
  commit: 'first 12 characters of the commit',
  branch: 'branch',
  pr: 'number of the pull request',
  date: 'day in UTC: 2026-11-24',
  time: 'time of day in UTC: 09.41.07',
} as const;

/** @public */
export type ScanNamePlaceholder = keyof typeof SCAN_NAME_PLACEHOLDERS;

/** What a scan name is made from. */
export interface ScanNameInput {
  readonly template: string;
  readonly ci: CiContext | null;
  /** Wall time. */
  readonly nowMs: number;
  readonly random: RandomSource;
}

/** The names by which a run knows its own scan and those of its predecessors. */
export interface ScanNames {
  readonly scanName: string;
  /** Tried in this order where the platform says that the name is used. */
  readonly scanNameSuffixes: readonly string[];
  /** Pattern of the names of earlier runs of the same job; null where nothing safe can be said. */
  readonly earlierScanNames: string | null;
  /** True when another process with the same inputs would make another name. */
  readonly isUnique: boolean;
}

/** The platform's limit for a scan name. */
const LONGEST_NAME = 255;
/** Room for a suffix such as ` (attempt 12)`. */
const LONGEST_SUFFIX = 16;
const MOST_SUFFIXES = 9;

const CI_WORDS: Readonly<Record<CiSystem, string>> = {
  'azure-pipelines': 'azure',
  'gitlab-ci': 'gitlab',
  'bitbucket-pipelines': 'bitbucket',
  jenkins: 'jenkins',
};

/** Placeholders whose values change from run to run of one job. */
const VARYING: readonly ScanNamePlaceholder[] = ['run', 'number', 'commit', 'date', 'time'];

type Values = Readonly<Record<ScanNamePlaceholder, string>>;

/**
 * Makes the scan's name from its template.
 *
 * The name is the identity of one piece of work: CI, run, job and matrix leg. A repeated attempt makes the same name
 * and so finds its scan again; two jobs of one run never share a name. Pure but for the random source, which is asked
 * only outside of a CI.
 *
 * @returns every fault of the template instead
 */
export function createScanNames(input: ScanNameInput): ScanNames | { readonly issues: readonly ValidationIssue[] } {
  const issues = checkTemplate(input.template);
  if (issues.length > 0) return { issues };
  const outside = input.ci === null ? outsideIdentity(input.nowMs, input.random) : null;
  const values = valuesOf(input, outside);
  const full = tidy(fill(input.template, values));
  if (full === '') return { issues: [{ path: 'scanName', got: `"${input.template}", which is empty here`, wanted: 'a template that gives a name' }] };
  const scanName = shorten(full);
  const asks = (names: readonly ScanNamePlaceholder[]): boolean => names.some((name) => input.template.includes(`{${name}}`));
  return {
    scanName,
    scanNameSuffixes: suffixesOf(input.ci?.attempt ?? null),
    earlierScanNames: input.ci === null || scanName !== full ? null : earlierPattern(input.template, values, scanName),
    isUnique: outside === null ? asks(['time']) : asks(['run', 'number', 'time']),
  };
}

function checkTemplate(template: string): readonly ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  for (const [whole, name = ''] of template.matchAll(/\{([^{}]*)\}/gu)) {
    if (Object.hasOwn(SCAN_NAME_PLACEHOLDERS, name)) continue;
    const [near] = nearestNames(name, Object.keys(SCAN_NAME_PLACEHOLDERS), 1);
    const known = Object.keys(SCAN_NAME_PLACEHOLDERS).map((placeholder) => `{${placeholder}}`);
    issues.push({ path: 'scanName', got: `the placeholder ${whole}`, wanted: near === undefined ? `one of ${known.join(' ')}` : `perhaps {${near}}` });
  }
  return issues;
}

function valuesOf({ ci, nowMs }: ScanNameInput, outside: OutsideIdentity | null): Values {
  const time = new Date(nowMs).toISOString();
  const job = ci?.job ?? null;
  const leg = ci?.leg ?? null;
  return {
    ci: ci === null ? (outside?.ci ?? '') : CI_WORDS[ci.system],
    run: ci === null ? (outside?.run ?? '') : (joinParts([ci.pipeline, ci.run], ' ') ?? ''),
    suffix: [job === null ? null : shortId(job), leg].map((part) => (part === null ? '' : ` ${part}`)).join(''),
    pipeline: ci?.pipeline ?? '',
    number: ci?.run ?? outside?.run ?? '',
    job: job ?? '',
    leg: leg ?? '',
    commit: ci?.commit?.slice(0, 12) ?? '',
    branch: ci?.branch ?? '',
    pr: ci?.pullRequest ?? '',
    date: time.slice(0, 10),
    time: time.slice(11, 19).replaceAll(':', '.'),
  };
}

/** Ids of Bitbucket's steps are long and say nothing; their first part tells the steps of one run apart. */
function shortId(text: string): string {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu.test(text) ? text.slice(0, 8) : text;
}

function fill(template: string, values: Values): string {
  return template.replace(/\{([a-z]+)\}/gu, (_whole, name: ScanNamePlaceholder) => values[name]);
}

/** One line, without controls; the platform drops blanks at the ends, so they are dropped before. */
function tidy(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** Cuts a name that is too long, and ends it with a checksum of the whole, so that two names never become one. */
function shorten(name: string): string {
  const room = LONGEST_NAME - LONGEST_SUFFIX;
  if (name.length <= room) return name;
  const checksum = createHash('sha256').update(name).digest('hex').slice(0, 12);
  // Not between the halves of a surrogate pair.
  const head = name.slice(0, room - checksum.length - 1).replace(/[\ud800-\udbff]$/u, '');
  return `${head} ${checksum}`;
}

/** Known attempts by their number, so that each finds the scans of the earlier ones; otherwise the next free number. */
function suffixesOf(attempt: number | null): readonly string[] {
  if (attempt === null) return Array.from({ length: MOST_SUFFIXES - 1 }, (_, index) => ` (${index + 2})`);
  return Array.from({ length: Math.min(attempt, MOST_SUFFIXES) }, (_, index) => ` (attempt ${attempt - index})`);
}

/** Whether a scan has this name or one of its variants, as other attempts at the same work have. Pure. */
export function isNameOfSameWork(scanName: string, name: string): boolean {
  return name === scanName || (name.startsWith(scanName) && /^ \((?:attempt )?\d{1,6}\)$/u.test(name.slice(scanName.length)));
}

/**
 * The name with everything that varies from run to run replaced by as many `?`. Not by `*`: it would take in the names
 * of other jobs, whose scans must not be touched. A shorter or longer number is therefore not recognised.
 */
function earlierPattern(template: string, values: Values, scanName: string): string | null {
  if (/[*?]/u.test(scanName)) return null;
  const marked = { ...values };
  for (const name of VARYING) marked[name] = '?'.repeat([...values[name]].length);
  if (values.number !== '') marked.run = `${values.run.slice(0, -values.number.length)}${marked.number}`;
  const pattern = tidy(fill(template, marked));
  return pattern === scanName ? null : pattern;
}
