import type { Policy, PolicyRequirement, PolicyRule } from '../../domain/policy.js';
import { isSeverity, type Severity } from '../../domain/severity.js';
import { ProtocolError } from '../../kernel/errors.js';
import { type JsonObject, optionalFlag, optionalNumber, optionalObjects, optionalText, optionalTexts, readCount, readDate, requireText } from '../rest.js';

const SEVERITY_LEVELS = [0, 1, 2, 3, 4, 5] as const;

/** @throws ProtocolError `unexpected-shape` */
export function decodePolicy(policy: JsonObject, operation: string): Policy {
  const days = (field: string): number => optionalNumber(policy, field) ?? 0;
  return {
    guid: requireText(policy, 'guid', operation),
    version: readCount(policy, 'version', operation),
    name: requireText(policy, 'name', operation),
    description: optionalText(policy, 'description'),
    category: optionalText(policy, 'category') ?? '',
    type: optionalText(policy, 'type') ?? '',
    createdAt: readDate(policy, 'created', operation),
    modifiedBy: optionalText(policy, 'modified_by'),
    isVendorPolicy: optionalFlag(policy, 'vendor_policy') ?? false,
    rules: optionalObjects(policy, 'finding_rules', operation).map((rule) => decodeRule(rule, operation)),
    scanFrequencies: optionalObjects(policy, 'scan_frequency_rules', operation).map((rule) => ({
      scanType: optionalText(rule, 'scan_type') ?? '',
      frequency: optionalText(rule, 'frequency') ?? '',
    })),
    customSeverities: optionalObjects(policy, 'custom_severities', operation).map((entry) => ({
      cwe: readCount(entry, 'cwe', operation),
      severity: readSeverity(entry, operation),
    })),
    graceDaysBySeverity: SEVERITY_LEVELS.map((severity) => days(`sev${severity}_grace_period`)),
    scoreGraceDays: days('score_grace_period'),
    blocklistGraceDays: days('sca_blacklist_grace_period'),
  };
}

/** One that is left out could make a policy pass, so it is no matter of taste. */
function readSeverity(entry: JsonObject, operation: string): Severity {
  const severity = readCount(entry, 'severity', operation);
  if (!isSeverity(severity)) throw new ProtocolError(`${operation} was answered with the severity ${severity}.`, { code: 'unexpected-shape' });
  return severity;
}

function decodeRule(rule: JsonObject, operation: string): PolicyRule {
  const type = requireText(rule, 'type', operation);
  const value = optionalText(rule, 'value') ?? '';
  return {
    type,
    // The vendor's own Python client writes the second spelling.
    scanTypes: optionalTexts(rule, 'scan_type') ?? optionalTexts(rule, 'scan_types') ?? [],
    value,
    requirement: readRequirement(type, value) ?? { kind: 'unknown' },
  };
}

/** @returns undefined when the type is not known or its value cannot be read */
function readRequirement(type: string, value: string): PolicyRequirement | undefined {
  switch (type) {
    case 'MAX_SEVERITY': {
      const severity = readNumber(value);
      return severity !== null && isSeverity(severity) ? { kind: 'severity', severity } : undefined;
    }
    case 'CWE': {
      const ids = splitList(value).map((id) => id.replace(/^CWE-/i, ''));
      return ids.length > 0 && ids.every((id) => /^\d+$/.test(id)) ? { kind: 'cwe', cwes: ids.map(Number) } : undefined;
    }
    case 'CATEGORY':
      return withList(value, (categories) => ({ kind: 'category', categories }));
    case 'FAIL_ALL':
      return { kind: 'fail-all' };
    case 'CVSS':
      return withNumber(value, (score) => ({ kind: 'cvss', score }));
    case 'CVE':
      return withList(value, (cves) => ({ kind: 'cve', cves }));
    case 'BLACKLIST':
      return { kind: 'component-blocklist' };
    case 'ALLOWLIST':
      return { kind: 'component-allowlist' };
    case 'MIN_SCORE':
      return withNumber(value, (score) => ({ kind: 'minimum-score', score }));
    case 'SECURITY_STANDARD':
      return withList(value, (standards) => ({ kind: 'security-standard', standards }));
    case 'LICENSE_RISK':
      return value === '' ? undefined : { kind: 'license-risk', risk: value };
    default:
      return undefined;
  }
}

function withList(value: string, make: (list: readonly string[]) => PolicyRequirement): PolicyRequirement | undefined {
  const list = splitList(value);
  return list.length === 0 ? undefined : make(list);
}

function withNumber(value: string, make: (number: number) => PolicyRequirement): PolicyRequirement | undefined {
  const number = readNumber(value);
  return number === null ? undefined : make(number);
}

function splitList(value: string): readonly string[] {
  return value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function readNumber(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null;
}
