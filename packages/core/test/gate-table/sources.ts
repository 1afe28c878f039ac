import { decodeReportFindings } from '../../src/codecs/detailed-report-stream.js';
import { parsePipelineResults } from '../../src/codecs/pipeline-results.js';
import { decodeRestFinding } from '../../src/codecs/rest-findings.js';
import type { JsonObject } from '../../src/codecs/rest.js';
import type { Finding } from '../../src/domain/finding.js';
import { bytesOf, listOf, report } from '../report-text.js';
import type { Row } from './factors.js';
import type { Flaw } from './flaw.js';

/** Flaws as their source writes them, read by the decoder of that source. */
export async function findingsFrom(source: Row['source'], flaws: readonly Flaw[]): Promise<readonly Finding[]> {
  switch (source) {
    case 'detailed report, policy scan':
    case 'detailed report, sandbox scan':
      return listOf(decodeReportFindings(bytesOf(reportOf(flaws))));
    case 'results file, policy scan':
      // What the file of a run keeps of findings is their JSON.
      return JSON.parse(JSON.stringify(await findingsFrom('detailed report, policy scan', flaws))) as readonly Finding[];
    case 'pipeline results':
      return parsePipelineResults(JSON.stringify({ scan_status: 'SUCCESS', findings: flaws.map(pipelineEntry) }), 'results.json').findings.map(({ finding }) => finding);
    case 'findings API':
      return flaws.map((flaw) => decodeRestFinding(restEntry(flaw), 'findings'));
  }
}

function reportOf(flaws: readonly Flaw[]): string {
  const parts = flaws.map((flaw) => (flaw.kind === 'sca' ? componentElement(flaw) : `<severity level="${flaw.severity}"><category><cwe><${flaw.kind}flaws>${flawElement(flaw)}</${flaw.kind}flaws></cwe></category></severity>`));
  return report(parts.join(''));
}

function flawElement({ id, kind, severity, cwe, firstFoundAt, affectsPolicy, isFixed, mitigation, gracePeriodExpiresAt }: Flaw): string {
  return element('flaw', {
    severity,
    issueid: id,
    cweid: cwe,
    date_first_occurrence: xmlDate(firstFoundAt),
    remediation_status: isFixed ? 'Fixed' : 'Open',
    grace_period_expires: gracePeriodExpiresAt === null ? '' : xmlDate(gracePeriodExpiresAt),
    affects_policy_compliance: affectsPolicy,
    mitigation_status: mitigation === 'unknown' ? 'pondered' : mitigation,
    ...{ static: { sourcefile: 'OrderDao.java', sourcefilepath: 'src/shop/', line: 117 }, dynamic: { url: 'https://shop.example/search' }, manual: { location: 'src/shop/OrderDao.java' }, sca: {} }[kind],
  });
}

/** A report says of a component's vulnerability whether it is mitigated, and nothing of proposals, grace periods and fixes. */
function componentElement({ id, severity, cwe, cvss, licenceRisk, firstFoundAt, affectsPolicy, mitigation }: Flaw): string {
  const [component = '', vulnerability = ''] = id.split(':');
  const facts = {
    cve_id: vulnerability,
    cvss_score: cvss.toFixed(1),
    severity,
    cwe_id: `CWE-${cwe}`,
    first_found_date: xmlDate(firstFoundAt),
    mitigation: mitigation === 'unknown' ? '' : mitigation === 'accepted',
    vulnerability_affects_policy_compliance: affectsPolicy,
  };
  const inner = [
    `<file_paths>${element('file_path', { value: 'src/lib/log.jar' })}</file_paths>`,
    `<licenses>${element('license', { name: 'L', spdx_id: 'L', risk_rating: licenceRisk })}</licenses>`,
    `<vulnerabilities>${element('vulnerability', facts)}</vulnerabilities>`,
  ];
  return `<software_composition_analysis><vulnerable_components><component component_id="${component}" file_name="log.jar" version="1.0">${inner.join('')}</component></vulnerable_components></software_composition_analysis>`;
}

function element(name: string, attributes: Readonly<Record<string, string | number | boolean>>): string {
  return `<${name} ${Object.entries(attributes).map(([attribute, value]) => `${attribute}="${value}"`).join(' ')}/>`;
}

function xmlDate(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** Where in the code, and what the engine recognises it by; nothing of what was decided on the platform. */
function pipelineEntry({ id, severity, cwe }: Flaw): JsonObject {
  const [cause, place] = [{ cause_hash: '3', cause_hash_count: 1, cause_hash_ordinal: 1 }, { file: 'src/shop/OrderDao.java', line: 117, function_name: 'find' }];
  return {
    title: 'call',
    issue_id: 1000,
    severity,
    cwe_id: String(cwe),
    files: { source_file: place },
    flaw_match: { procedure_hash: '1', prototype_hash: '2', flaw_hash: id, flaw_hash_count: 1, flaw_hash_ordinal: 1, ...cause },
  };
}

const RESOLUTIONS = { none: 'NONE', proposed: 'PROPOSED', accepted: 'APPROVED', rejected: 'REJECTED', unknown: 'PONDERED' } as const;

function restEntry({ id, kind, firstFoundAt, affectsPolicy, isFixed, mitigation, gracePeriodExpiresAt, ...flaw }: Flaw): JsonObject {
  return {
    ...(kind === 'sca' ? {} : { issue_id: Number(id) }),
    scan_type: kind.toUpperCase(),
    violates_policy: affectsPolicy,
    finding_status: { first_found_date: firstFoundAt, status: isFixed ? 'CLOSED' : 'OPEN', new: false, resolution_status: RESOLUTIONS[mitigation] },
    ...(gracePeriodExpiresAt === null ? {} : { grace_period_expires_date: gracePeriodExpiresAt }),
    finding_details: { severity: flaw.severity, cwe: { id: flaw.cwe }, ...restPlace(id, kind, flaw) },
  };
}

function restPlace(id: string, kind: Flaw['kind'], { cvss, licenceRisk }: Pick<Flaw, 'cvss' | 'licenceRisk'>): JsonObject {
  switch (kind) {
    case 'static':
      return { file_path: 'src/shop/OrderDao.java', file_name: 'OrderDao.java', file_line_number: 117 };
    case 'dynamic':
      return { url: 'https://shop.example/search' };
    case 'manual':
      return { location: 'src/shop/OrderDao.java' };
    case 'sca': {
      const [component, vulnerability] = id.split(':');
      return {
        component_id: component,
        component_filename: 'log.jar',
        version: '1.0',
        component_path: [{ path: 'src/lib/log.jar' }],
        licenses: [{ license_id: 'L', risk_rating: String(licenceRisk) }],
        cve: { name: vulnerability, cvss },
      };
    }
  }
}
