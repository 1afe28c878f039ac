import type { ComponentLicence, Finding, FindingKind, FindingLocation, FindingStatus } from '../domain/finding.js';
import { isSeverity, type Severity } from '../domain/severity.js';
import { joinPath, manualPlace } from './finding-place.js';
import { plainDescription } from './finding-text.js';
import { decodeMitigation } from './rest-mitigation.js';
import {
  type JsonObject,
  optionalFlag,
  optionalNumber,
  optionalObject,
  optionalObjects,
  optionalText,
  readDate,
  readId,
  requireObject,
  requireText,
  unexpectedShape,
} from './rest.js';

const KINDS: ReadonlyMap<string, FindingKind> = new Map([
  ['STATIC', 'static'],
  ['DYNAMIC', 'dynamic'],
  ['MANUAL', 'manual'],
  ['SCA', 'sca'],
]);

const STATUSES: ReadonlyMap<string, FindingStatus> = new Map([
  ['OPEN', 'open'],
  ['REOPENED', 'reopened'],
  ['CLOSED', 'fixed'],
]);

/**
 * Turns one finding of the Findings API (version 2) into the normalised form, with the same words as the codec of the XML
 * detailed report.
 *
 * @throws ProtocolError `unexpected-shape` when kind, severity or identity are missing or unknown
 * @see docs.veracode.com "Findings REST API"
 * @public
 */
export function decodeRestFinding(finding: JsonObject, operation: string): Finding {
  const kind = KINDS.get(requireText(finding, 'scan_type', operation));
  if (kind === undefined) throw unexpectedShape(operation, 'a known scan_type of a finding');
  const details = requireObject(finding, 'finding_details', operation);
  const status = optionalObject(finding, 'finding_status', operation);
  const cwe = optionalObject(details, 'cwe', operation);
  const category = optionalObject(details, 'finding_category', operation);
  const common = {
    kind,
    severity: severityOf(details, operation),
    cwe: cwe && wholeNumber(optionalNumber(cwe, 'id'), 1, 9_999_999),
    cweName: cwe && optionalText(cwe, 'name'),
    category: category && optionalText(category, 'name'),
    status: statusOf(status),
    affectsPolicy: optionalFlag(finding, 'violates_policy'),
    mitigation: decodeMitigation(finding, status, operation),
    firstFoundAt: status && readDate(status, 'first_found_date', operation),
    gracePeriodExpiresAt: readDate(finding, 'grace_period_expires_date', operation),
    exploitability: wholeNumber(optionalNumber(details, 'exploitability'), -2, 2),
    // Only the XML report tells it, and the hashes only a pipeline scan.
    remediationEffort: null,
    flawMatch: null,
    dataPaths: null,
  };
  const description = optionalText(finding, 'description') ?? '';
  if (kind === 'sca') return { ...common, description, ...componentFacts(details, operation) };
  return {
    ...common,
    id: readId(finding, 'issue_id', operation),
    description: plainDescription(description),
    location: locationOf(details),
    component: null,
  };
}

function severityOf(details: JsonObject, operation: string): Severity {
  const severity = optionalNumber(details, 'severity');
  if (severity === null || !isSeverity(severity)) throw unexpectedShape(operation, 'a severity from 0 to 5');
  return severity;
}

/** Words that nobody knows are no proof that a finding is gone. */
function statusOf(status: JsonObject | null): FindingStatus {
  const known = STATUSES.get((status && optionalText(status, 'status'))?.toUpperCase() ?? '') ?? 'unknown';
  return known === 'open' && status !== null && optionalFlag(status, 'new') === true ? 'new' : known;
}

function locationOf(details: JsonObject): FindingLocation {
  const place = manualPlace(optionalText(details, 'location'));
  return {
    module: optionalText(details, 'module'),
    file: pathOf(optionalText(details, 'file_path'), optionalText(details, 'file_name')) ?? place.file,
    repositoryPath: null,
    line: wholeNumber(optionalNumber(details, 'file_line_number'), 1, Number.MAX_SAFE_INTEGER),
    function: optionalText(details, 'procedure'),
    // The specification writes it in capitals.
    url: optionalText(details, 'url') ?? optionalText(details, 'URL') ?? place.url,
    parameter: optionalText(details, 'vulnerable_parameter'),
  };
}

/** The path holds the name of the file as a rule, sometimes another one; where it is a folder, the name is put behind it. */
function pathOf(path: string | null, name: string | null): string | null {
  if (path === null) return joinPath(null, name);
  const isFolder = /[\\/]$/.test(path) || !/\.[^\\/]*$/.test(path);
  const endsWithName = name === null || path.toLowerCase().endsWith(name.toLowerCase());
  return isFolder && !endsWithName ? joinPath(path, name) : path.replaceAll('\\', '/');
}

function componentFacts(details: JsonObject, operation: string): Pick<Finding, 'id' | 'location' | 'component'> {
  const cve = requireObject(details, 'cve', operation);
  const cvss3 = optionalObject(cve, 'cvss3', operation);
  const component = {
    id: optionalText(details, 'component_id'),
    fileName: requireText(details, 'component_filename', operation),
    version: optionalText(details, 'version'),
    vulnerabilityId: requireText(cve, 'name', operation),
    cvss: optionalNumber(cve, 'cvss') ?? (cvss3 && optionalNumber(cvss3, 'score')),
    licences: optionalObjects(details, 'licenses', operation).map(licenceOf),
  };
  return {
    id: `${component.id ?? component.fileName}:${component.vulnerabilityId}`,
    location: { module: null, file: componentPath(details, operation) ?? component.fileName, repositoryPath: null, line: null, function: null, url: null, parameter: null },
    component,
  };
}

/** Recordings have `component_path`, the specification says `component_path(s)`. */
function componentPath(details: JsonObject, operation: string): string | null {
  const [first] = ['component_path', 'component_path(s)'].flatMap((field) => optionalObjects(details, field, operation));
  return first === undefined ? null : optionalText(first, 'path');
}

function licenceOf(licence: JsonObject): ComponentLicence {
  const risk = optionalText(licence, 'risk_rating');
  return {
    name: optionalText(licence, 'license_id') ?? 'unknown',
    risk: risk !== null && /^\d$/.test(risk) ? wholeNumber(Number(risk), 0, 5) : null,
  };
}

function wholeNumber(value: number | null, lowest: number, highest: number): number | null {
  return value !== null && Number.isInteger(value) && value >= lowest && value <= highest ? value : null;
}
