import type {
  ComponentLicence,
  Finding,
  FindingComponent,
  FindingKind,
  FindingLocation,
  FindingStatus,
  Mitigation,
  MitigationState,
} from '../domain/finding.js';
import { isSeverity, type Severity } from '../domain/severity.js';
import { joinPath, manualPlace } from './finding-place.js';
import { unreadable } from './xml-error.js';
import type { ElementHead } from './xml-element.js';
import { optionalBoolean, optionalCount, optionalDate, optionalText, requiredId, requiredText } from './xml-fields.js';

/** Turns the elements of a report into findings, one at a time. */
export interface FindingCollector {
  open(element: ElementHead, parent: string): void;
  close(name: string): void;
}

/** Elements whose flaws are of one kind. */
const KINDS: ReadonlyMap<string, FindingKind> = new Map([
  ['staticflaws', 'static'],
  ['dynamicflaws', 'dynamic'],
  ['manualflaws', 'manual'],
]);

/** By their spelling without blanks, as `squeeze` leaves it. */
const STATUSES: ReadonlyMap<string, FindingStatus> = new Map([
  ['new', 'new'],
  ['open', 'open'],
  ['reopened', 'reopened'],
  ['reopen', 'reopened'],
  ['fixed', 'fixed'],
  ['cannotreproduce', 'cannot-reproduce'],
]);

const MITIGATIONS: ReadonlyMap<string, MitigationState> = new Map([
  ['none', 'none'],
  ['proposed', 'proposed'],
  ['accepted', 'accepted'],
  ['rejected', 'rejected'],
]);

/** Entries of a mitigation history that decide instead of propose; display texts, spelled in several ways. */
const DECISION = /^(?:approve|accepted|reject)/i;

/** What stands around a finding. */
interface Surroundings {
  severity: ElementHead | null;
  category: ElementHead | null;
  cwe: ElementHead | null;
  component: ElementHead | null;
  componentPath: string | null;
  componentLicences: ComponentLicence[];
}

/** The finding whose element is still open, and what its history says so far. */
interface OpenFinding {
  readonly element: ElementHead;
  readonly finding: Finding;
  reason: string | null;
  approver: string | null;
}

/**
 * A collector for one report.
 *
 * @param operation - for messages
 * @param emit - called with each finding, in the report's order, and the element that it was read from
 */
export function createFindingCollector(operation: string, emit: (finding: Finding, element: ElementHead) => void): FindingCollector {
  const around: Surroundings = { severity: null, category: null, cwe: null, component: null, componentPath: null, componentLicences: [] };
  let current: OpenFinding | null = null;

  function begin(element: ElementHead, finding: Finding): void {
    current = { element, finding, reason: finding.mitigation.reason, approver: null };
  }

  return {
    open(element, parent) {
      switch (element.name) {
        case 'severity':
        case 'category':
        case 'cwe':
          around[element.name] = element;
          return;
        case 'component':
          around.component = element;
          around.componentPath = null;
          around.componentLicences = [];
          return;
        case 'file_path':
          around.componentPath ??= optionalText(element, 'value');
          return;
        case 'license':
          if (parent === 'licenses') around.componentLicences.push(licenceOf(element));
          return;
        case 'flaw': {
          const kind = KINDS.get(parent);
          if (kind !== undefined) begin(element, flawOf(element, kind, around, operation));
          return;
        }
        case 'vulnerability':
          if (parent === 'vulnerabilities') begin(element, vulnerabilityOf(element, around, operation));
          return;
        case 'mitigation':
          if (current !== null) addToHistory(current, element);
          return;
        default:
      }
    },
    close(name) {
      if (current?.element.name !== name) return;
      emit(finished(current), current.element);
      current = null;
    },
  };
}

function addToHistory(current: OpenFinding, entry: ElementHead): void {
  const action = optionalText(entry, 'action');
  if (action === null) return;
  if (DECISION.test(action)) current.approver = optionalText(entry, 'user');
  else current.reason = action;
}

function finished({ finding, reason, approver }: OpenFinding): Finding {
  const { state } = finding.mitigation;
  // A reason without a mitigation would be a remark; a decision belongs to the state that it led to.
  const isDecided = state === 'accepted' || state === 'rejected';
  return { ...finding, mitigation: { state, reason: state === 'none' ? null : reason, approver: isDecided ? approver : null } };
}

function flawOf(flaw: ElementHead, kind: FindingKind, around: Surroundings, operation: string): Finding {
  return {
    id: requiredId(flaw, 'issueid', operation),
    kind,
    severity: severityOf(flaw, around.severity, operation),
    cwe: optionalCount(flaw, 'cweid') ?? (around.cwe && optionalCount(around.cwe, 'cweid')),
    cweName: around.cwe && optionalText(around.cwe, 'cwename'),
    category: (around.category && optionalText(around.category, 'categoryname')) ?? optionalText(flaw, 'categoryname'),
    description: flaw.attributes.get('description') ?? '',
    location: locationOf(flaw),
    status: STATUSES.get(squeeze(optionalText(flaw, 'remediation_status'))) ?? 'unknown',
    affectsPolicy: optionalBoolean(flaw, 'affects_policy_compliance'),
    mitigation: flawMitigation(flaw),
    firstFoundAt: optionalDate(flaw, 'date_first_occurrence'),
    gracePeriodExpiresAt: optionalDate(flaw, 'grace_period_expires'),
    exploitability: wholeNumber(flaw, 'exploitLevel', -2, 2),
    remediationEffort: wholeNumber(flaw, 'remediationeffort', 1, 5),
    component: null,
    flawMatch: null,
    dataPaths: null,
  };
}

/** Older reports say nothing about mitigations, which is not the same as none. */
function flawMitigation(flaw: ElementHead): Mitigation {
  const state = MITIGATIONS.get(squeeze(optionalText(flaw, 'mitigation_status'))) ?? 'unknown';
  return { state, reason: null, approver: null };
}

function severityOf(element: ElementHead, group: ElementHead | null, operation: string): Severity {
  const value = optionalCount(element, 'severity') ?? (group && optionalCount(group, 'level'));
  if (value === null || !isSeverity(value)) {
    throw unreadable(operation, 'unexpected-document', `a report with a <${element.name}> of unknown severity`);
  }
  return value;
}

function locationOf(flaw: ElementHead): FindingLocation {
  const line = optionalCount(flaw, 'line');
  const place = manualPlace(optionalText(flaw, 'location'));
  return {
    module: optionalText(flaw, 'module'),
    file: joinPath(optionalText(flaw, 'sourcefilepath'), optionalText(flaw, 'sourcefile')) ?? place.file,
    repositoryPath: null,
    line: line === 0 ? null : line,
    function: optionalText(flaw, 'functionprototype') ?? optionalText(flaw, 'procedure_name'),
    url: optionalText(flaw, 'url') ?? place.url,
    parameter: optionalText(flaw, 'vuln_parameter'),
  };
}

function vulnerabilityOf(vulnerability: ElementHead, around: Surroundings, operation: string): Finding {
  if (around.component === null) {
    throw unreadable(operation, 'unexpected-document', 'a report with a <vulnerability> outside of a <component>');
  }
  const component = componentOf(around.component, around.componentLicences, vulnerability, operation);
  return {
    id: `${component.id ?? component.fileName}:${component.vulnerabilityId}`,
    kind: 'sca',
    severity: severityOf(vulnerability, null, operation),
    cwe: firstCwe(optionalText(vulnerability, 'cwe_id')),
    cweName: null,
    category: null,
    description: vulnerability.attributes.get('cve_summary') ?? '',
    location: { module: null, file: around.componentPath ?? component.fileName, repositoryPath: null, line: null, function: null, url: null, parameter: null },
    // A component is in a report as long as the newest scan has it.
    status: 'open',
    affectsPolicy: optionalBoolean(vulnerability, 'vulnerability_affects_policy_compliance'),
    mitigation: vulnerabilityMitigation(vulnerability),
    firstFoundAt: optionalDate(vulnerability, 'first_found_date'),
    gracePeriodExpiresAt: null,
    exploitability: null,
    remediationEffort: null,
    component,
    flawMatch: null,
    dataPaths: null,
  };
}

function licenceOf(licence: ElementHead): ComponentLicence {
  return {
    name: optionalText(licence, 'spdx_id') ?? optionalText(licence, 'name') ?? 'unknown',
    risk: wholeNumber(licence, 'risk_rating', 0, 5),
  };
}

function componentOf(component: ElementHead, licences: readonly ComponentLicence[], vulnerability: ElementHead, operation: string): FindingComponent {
  return {
    id: optionalText(component, 'component_id'),
    fileName: requiredText(component, 'file_name', operation),
    version: optionalText(component, 'version'),
    vulnerabilityId: requiredText(vulnerability, 'cve_id', operation),
    cvss: decimal(optionalText(vulnerability, 'cvss_score')),
    licences,
  };
}

/** The attribute is a yes or no; anything else proves no mitigation. */
function vulnerabilityMitigation(vulnerability: ElementHead): Mitigation {
  const mitigated = optionalBoolean(vulnerability, 'mitigation');
  const states = new Map<boolean | null, MitigationState>([
    [true, 'accepted'],
    [false, 'none'],
  ]);
  return { state: states.get(mitigated) ?? 'unknown', reason: optionalText(vulnerability, 'mitigation_type'), approver: null };
}

/** Empty, a number, prefixed (`CWE-79`), or several of them. */
function firstCwe(text: string | null): number | null {
  const digits = /^\s*(?:CWE-)?(\d{1,7})\b/i.exec(text ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

function decimal(text: string | null): number | null {
  return text !== null && /^\d{1,3}(?:\.\d{1,6})?$/.test(text) ? Number(text) : null;
}

function wholeNumber(element: ElementHead, name: string, lowest: number, highest: number): number | null {
  const text = optionalText(element, name);
  if (text === null || !/^-?\d$/.test(text)) return null;
  const value = Number(text);
  return value >= lowest && value <= highest ? value : null;
}

function squeeze(text: string | null): string {
  return (text ?? '').toLowerCase().replace(/[\s-]+/g, '');
}
