import type { Finding } from '../../../platform/findings/finding.js';
import type { MitigationStatus } from '../../../platform/findings/mitigation-status.js';
import { policyEffectOf } from '../../../platform/policy-status.js';
import type { MitigationRecord } from '../../../platform/state.js';
import type { MitigationActionName } from '../../../scenarios/vocabulary.js';
import { restTime } from '../../dates.js';
import { scopeOf } from '../../xml/reports/flaw-element.js';
import type { FindingQuery } from './finding-query.js';
import type { PublishedScan } from './result-context.js';
import { restScanType } from './select-findings.js';

const resolutionStatuses: Readonly<Record<MitigationStatus, string>> = {
  none: 'NONE',
  proposed: 'PROPOSED',
  accepted: 'APPROVED',
  rejected: 'REJECTED',
};

const annotationActions: Readonly<Record<MitigationActionName, string>> = {
  comment: 'COMMENT',
  fp: 'FP',
  appdesign: 'APPDESIGN',
  osenv: 'OSENV',
  netenv: 'NETENV',
  library: 'LIBRARY',
  acceptrisk: 'ACCEPTRISK',
  accepted: 'APPROVED',
  rejected: 'REJECTED',
};

/** How findings are shown: which extras were asked for, and where links lead. */
export interface FindingView extends Pick<FindingQuery, 'withAnnotations' | 'withExpiry'> {
  readonly origin: string;
}

/** A static, dynamic or manual finding as the REST API shows it. */
export function findingJson(finding: Finding, scan: PublishedScan, view: FindingView): object {
  const { results, policy, build } = scan;
  const { violates, graceEndsAtMs } = policyEffectOf(results, policy, finding);
  const history = results.mitigationHistory(finding);
  return {
    issue_id: finding.issueId,
    scan_type: restScanType(finding),
    description: describe(finding),
    count: 1,
    ...contextJson(scan),
    violates_policy: violates,
    finding_status: {
      first_found_date: restTime(results.firstFoundAtMs(finding)),
      status: results.remediationStatus(finding) === 'Fixed' ? 'CLOSED' : 'OPEN',
      resolution: resolutionOf(results.mitigationStatus(finding), history),
      mitigation_review_status: 'NONE',
      new: results.remediationStatus(finding) === 'New',
      resolution_status: resolutionStatuses[results.mitigationStatus(finding)],
      last_seen_date: restTime(results.publishedAtMs),
    },
    finding_details: detailsOf(finding, view.origin),
    build_id: Number(build.id),
    ...(view.withAnnotations ? { annotations: history.map(annotationJson) } : {}),
    ...(view.withExpiry && graceEndsAtMs !== null ? { grace_period_expires_date: restTime(graceEndsAtMs) } : {}),
  };
}

/** Where a finding was found. */
export function contextJson({ application, sandbox }: Pick<PublishedScan, 'application' | 'sandbox'>): object {
  return sandbox === null
    ? { context_type: 'APPLICATION', context_guid: application.guid }
    : { context_type: 'SANDBOX', context_guid: sandbox.guid };
}

function resolutionOf(status: MitigationStatus, history: readonly MitigationRecord[]): string {
  if (status !== 'accepted') {
    return 'UNRESOLVED';
  }
  const proposal = history.findLast(({ action }) => !['comment', 'accepted', 'rejected'].includes(action));
  return proposal?.action === 'fp' ? 'POTENTIAL_FALSE_POSITIVE' : 'MITIGATED';
}

function annotationJson({ action, comment, by, atMs }: MitigationRecord): object {
  return { action: annotationActions[action], comment, created: restTime(atMs), user_name: by };
}

/** HTML; of dynamic findings in base64, as recorded. */
function describe({ analysis, description, weakness }: Finding): string {
  const reference = `<a href="https://cwe.mitre.org/data/definitions/${weakness.cwe}.html">CWE</a>`;
  const paragraphs = [...[description, ...weakness.category.advice].map(escapeHtml), `References: ${reference}`];
  const html = paragraphs.map((text) => `<span>${text}</span>`).join(' ');
  return analysis === 'dynamic' ? Buffer.from(html, 'utf8').toString('base64') : html;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function detailsOf(finding: Finding, origin: string): object {
  const { weakness, severity, dynamic, manual } = finding;
  const cwe = { id: weakness.cwe, name: weakness.name, href: `${origin}/appsec/v1/cwes/${weakness.cwe}` };
  const { category } = weakness;
  const finding_category = { id: category.id, name: category.name, href: `${origin}/appsec/v1/categories/${category.id}` };
  if (dynamic !== undefined) {
    return { severity, cwe, finding_category, ...dynamicDetails(dynamic) };
  }
  if (manual !== undefined) {
    return { severity, cwe, ...manualDetails(manual, finding.moduleName) };
  }
  return { severity, cwe, finding_category, ...staticDetails(finding) };
}

function staticDetails(finding: Finding): object {
  const { sourceFolder, sourceFile, line, moduleName, type, exploitability } = finding;
  return {
    // Binaries without debug information have neither.
    ...(sourceFile === '' ? {} : { file_path: `${sourceFolder}${sourceFile}`, file_name: sourceFile, file_line_number: line }),
    module: moduleName,
    relative_location: line % 100,
    ...procedureJson(finding),
    exploitability,
    attack_vector: type,
  };
}

/** The name of the function in full, without its parameters. */
function procedureJson(finding: Pick<Finding, 'sourceFolder' | 'sourceFile' | 'functionPrototype'>): object {
  const name = /([\w$<>]+)\(/.exec(finding.functionPrototype)?.[1];
  return name === undefined ? {} : { procedure: `${scopeOf(finding)}.${name}` };
}

function dynamicDetails({ url, parameter, plugin, attackVector }: NonNullable<Finding['dynamic']>): object {
  const { hostname, port, pathname, protocol } = new URL(url);
  const usualPort = protocol === 'http:' ? '80' : '443';
  return {
    url,
    hostname,
    port: port === '' ? usualPort : port,
    path: pathname,
    plugin,
    ...(parameter === undefined ? {} : { vulnerable_parameter: parameter }),
    attack_vector: attackVector,
    discovered_by_vsa: 0,
  };
}

function manualDetails(manual: NonNullable<Finding['manual']>, module: string): object {
  return {
    location: manual.location,
    module,
    input_vector: manual.inputVector,
    exploit_desc: manual.exploitDescription,
    exploit_difficulty: String(manual.exploitDifficulty),
    severity_desc: manual.severityDescription,
    remediation_desc: manual.remediationDescription,
    ...(manual.cvss === undefined ? {} : { cvss: String(manual.cvss) }),
    ...(manual.capecId === undefined ? {} : { capec_id: String(manual.capecId) }),
  };
}
