import { endOfWaiver, type Waiver, type WaiverSubject } from '../domain/waiver.js';
import { ValidationError, type ValidationIssue } from '../kernel/errors.js';
import { type Fields, isFields, showValue, unknownKeys } from './fields.js';
import { parseYamlText } from './yaml-text.js';

const KEYS = ['finding', 'fingerprint', 'path', 'cwe', 'reason', 'owner', 'expires'] as const;
const DAY_MS = 86_400_000;

/**
 * Reads a file of waivers: `version: 1` and a list `waivers`, as YAML or JSON. Each one names one finding by its id, one
 * flaw by its fingerprint, or a CWE in the files of a pattern; and a reason, an owner and the last day that it applies.
 * Pure.
 *
 * @throws ValidationError with every fault: which waiver, what it says, what is wanted
 * @public
 */
export function parseWaivers(text: string): readonly Waiver[] {
  const parsed = parseYamlText('waivers', text);
  if ('issues' in parsed) throw new ValidationError(parsed.issues, { code: 'invalid-waivers' });
  const issues: ValidationIssue[] = [];
  const waivers = readFile(parsed.value, issues);
  if (issues.length > 0) throw new ValidationError(issues, { code: 'invalid-waivers' });
  return waivers;
}

/**
 * What an organisation has against the terms of waivers: none may apply for longer than `maxDays` from now. Pure.
 *
 * @public
 */
export function checkWaiverTerms(waivers: readonly Waiver[], { maxDays, nowMs }: { readonly maxDays: number; readonly nowMs: number }): readonly ValidationIssue[] {
  return waivers.flatMap((waiver, index) => {
    const days = Math.ceil((endOfWaiver(waiver) - nowMs) / DAY_MS);
    if (days <= maxDays) return [];
    return [{ path: `waivers[${index}].expires`, got: `${waiver.expires}, which is ${days} days ahead`, wanted: `at most ${maxDays} days, which the organisation's policy demands` }];
  });
}

function readFile(value: unknown, issues: ValidationIssue[]): readonly Waiver[] {
  if (!isFields(value) || value['version'] !== 1 || !Array.isArray(value['waivers'])) {
    issues.push({ path: 'waivers', got: showValue(value), wanted: 'version: 1, and a list called waivers' });
    return [];
  }
  issues.push(...unknownKeys('waivers', value, ['version', 'waivers']));
  return (value['waivers'] as readonly unknown[]).flatMap((entry, index) => readWaiver(entry, `waivers[${index}]`, issues) ?? []);
}

function readWaiver(entry: unknown, path: string, issues: ValidationIssue[]): Waiver | null {
  if (!isFields(entry)) {
    issues.push({ path, got: showValue(entry), wanted: 'a mapping: finding, fingerprint, or path and cwe; reason, owner, expires' });
    return null;
  }
  issues.push(...unknownKeys(path, entry, KEYS));
  const subject = readSubject(entry, path, issues);
  const reason = readText(entry, 'reason', path, issues);
  const owner = readText(entry, 'owner', path, issues);
  const expires = readDay(entry, path, issues);
  return subject === null || reason === null || owner === null || expires === null ? null : { subject, reason, owner, expires };
}

function readSubject(entry: Fields, path: string, issues: ValidationIssue[]): WaiverSubject | null {
  const { finding, cwe } = entry;
  const given = KEYS.slice(0, 4).filter((key) => entry[key] !== undefined).join(' and ');
  switch (given) {
    case 'finding': {
      // The platform's ids are numbers, which YAML reads as such.
      const id = typeof finding === 'number' && Number.isSafeInteger(finding) ? String(finding) : readText(entry, 'finding', path, issues);
      return id === null ? null : { finding: id };
    }
    case 'fingerprint': {
      const fingerprint = readText(entry, 'fingerprint', path, issues);
      return fingerprint === null ? null : { fingerprint };
    }
    case 'path and cwe': {
      const pattern = readText(entry, 'path', path, issues);
      const number = typeof cwe === 'number' && Number.isSafeInteger(cwe) && cwe > 0 ? cwe : null;
      if (number === null) issues.push({ path: `${path}.cwe`, got: showValue(cwe), wanted: 'the number of a CWE, for instance 89' });
      return pattern === null || number === null ? null : { path: pattern, cwe: number };
    }
    default:
      issues.push({ path, got: given === '' ? 'nothing that it is about' : given, wanted: 'one of: finding; fingerprint; path and cwe together' });
      return null;
  }
}

function readText(entry: Fields, key: (typeof KEYS)[number], path: string, issues: ValidationIssue[]): string | null {
  const value = entry[key];
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  issues.push({ path: `${path}.${key}`, got: showValue(value), wanted: 'a text' });
  return null;
}

function readDay(entry: Fields, path: string, issues: ValidationIssue[]): string | null {
  const { expires } = entry;
  if (typeof expires === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(expires) && isDay(expires)) return expires;
  issues.push({ path: `${path}.expires`, got: showValue(expires), wanted: 'the last day that it applies, for instance 2027-03-31' });
  return null;
}

/** False for the 31st of a month with 30 days, which `Date` takes for the next one. */
function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}
