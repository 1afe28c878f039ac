import { resolve } from 'node:path';

import {
  checkWaiverTerms,
  DEFAULT_JUDGEMENT,
  JUDGEMENT_NAMES,
  parseJudgement,
  parseOrgPolicy,
  parseWaivers,
  tighten,
  ValidationError,
  type GivenJudgement,
  type Judgement,
  type ValidationIssue,
  type Waiver,
} from '@verapipe/core';
import type { FileFacts } from '@verapipe/reports';

import { readJudgedFile } from '../files/read-judged-file.js';
import { optionKey } from '../options/option-names.js';
import { OPTION_TABLE, type OptionValues } from '../options/option-table.js';
import type { ReadOptions } from '../options/read-options.js';
import { type Judging, UNREAD_JUDGING } from './judging.js';
import { readBaseline } from './read-baseline.js';
import { readOutageTerms } from './outage-terms.js';

/** Where files are looked for, and what time it is. */
export interface JudgingPlace {
  readonly options: ReadOptions;
  /** Absolute. */
  readonly cwd: string;
  readonly nowMs: number;
  /** Makes a path as it is shown. */
  readonly shown: (path: string) => string;
  /** False for what never goes to the platform: it meets no outage. @defaultValue true */
  readonly canMeetOutages?: boolean;
}

/** How a run is judged, or everything that is wrong with what was said about it. */
export interface ReadJudging {
  /** The strictest there is when there are issues. */
  readonly judging: Judging;
  readonly issues: readonly ValidationIssue[];
}

/** Puts the judgement together from options, the organisation's file and the file of waivers. Reads the disk only. */
export async function readJudging(place: JudgingPlace): Promise<ReadJudging> {
  const { options, nowMs, cwd, shown, canMeetOutages = true } = place;
  const { waivers: waiversPath, orgPolicy: orgPolicyPath } = options.values;
  const issues: ValidationIssue[] = [];
  const floor = await readFile(place, 'orgPolicy', orgPolicyPath, parseOrgPolicy, issues);
  const waivers = await readFile(place, 'waivers', waiversPath, parseWaivers, issues);
  const said = parseJudgement(saidOnes(options));
  issues.push(...said.issues.map((issue) => ({ ...issue, path: camelCase(issue.path) })));
  const softened = {
    ...(waiversPath === null ? {} : { waivers: 'allowed' as const }),
    ...(options.values.lintIgnore.length === 0 ? {} : { lintIgnore: 'allowed' as const }),
    ...(asksForBaseline(options) ? { newOnly: options.values.newOnly } : {}),
  };
  const judgement = judgementOf(floor?.content ?? null, { ...said.given, ...softened }, options.values, issues);
  issues.push(...termsOf(judgement, waivers?.content ?? [], nowMs));
  const outage = canMeetOutages ? readOutageTerms({ days: judgement.onOutage, values: options.values, nowMs }) : { terms: null, issues: [] };
  const { baseline, baselineScan, issues: baselineIssues } = await readBaseline({ values: options.values, isNewOnlySaid: options.sources.newOnly !== 'default', cwd, shown });
  issues.push(...outage.issues, ...baselineIssues);
  if (issues.length > 0) return { judging: UNREAD_JUDGING, issues };
  const files = { waiverFile: waivers?.file ?? null, orgPolicy: floor?.file ?? null };
  return { judging: { judgement, waivers: waivers?.content ?? [], ...files, baseline, baselineScan, outage: outage.terms }, issues };
}

/** A baseline softens a judgement, also where a command takes only new findings for granted. */
function asksForBaseline({ values: { baseline, baselineScan } }: ReadOptions): boolean {
  return baseline !== null || baselineScan !== null;
}

interface Parsed<T> {
  readonly content: T;
  readonly file: FileFacts;
}

async function readFile<T>(
  { cwd, shown }: JudgingPlace,
  option: string,
  path: string | null,
  parse: (text: string) => T,
  issues: ValidationIssue[],
): Promise<Parsed<T> | null> {
  if (path === null) return null;
  const full = resolve(cwd, path);
  try {
    const { text, sha256 } = await readJudgedFile(full, { option, shown: shown(full) });
    return { content: parse(text), file: { path: shown(full), sha256 } };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    issues.push(...error.issues);
    return null;
  }
}

/** Without an organisation's file nothing is refused; with one, what loosens it is. */
function judgementOf(floor: Judgement | null, given: GivenJudgement, { waivers, lintIgnore }: OptionValues, issues: ValidationIssue[]): Judgement {
  if (floor === null) return { ...DEFAULT_JUDGEMENT, ...given };
  const tightened = tighten(floor, given);
  const shown: Readonly<Record<string, string>> = { waivers: `the file ${waivers ?? ''}`, lintIgnore: lintIgnore.join(', ') };
  issues.push(...tightened.issues.map((issue) => ({ ...issue, got: shown[issue.path] ?? issue.got })));
  return tightened.judgement;
}

function termsOf({ waiverMaxDays }: Judgement, waivers: readonly Waiver[], nowMs: number): readonly ValidationIssue[] {
  return waiverMaxDays === null ? [] : checkWaiverTerms(waivers, { maxDays: waiverMaxDays, nowMs });
}

/** What somebody really said: a default loosens nothing, and what could not be read is a fault already. */
function saidOnes({ values, sources }: ReadOptions): Readonly<Record<string, unknown>> {
  const said: Record<string, unknown> = {};
  for (const { name } of OPTION_TABLE) {
    const key = optionKey(name);
    // The values of these are a file and rules, and not a word about them.
    if (name === 'waivers' || name === 'lint-ignore' || !(JUDGEMENT_NAMES as readonly string[]).includes(name) || sources[key] === 'default') continue;
    const value = values[key];
    if (value !== null && !(Array.isArray(value) && value.length === 0)) said[name] = value;
  }
  return said;
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/gu, (_match, letter: string) => letter.toUpperCase());
}
