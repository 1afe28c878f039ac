import { componentsOf } from '../../../platform/findings/finding-source.js';
import { guidOf } from '../../../platform/world.js';
import type { ComponentSpec } from '../../../scenarios/finding-schema.js';
import { severityNames } from '../../../scenarios/vocabulary.js';
import { restTime } from '../../dates.js';
import { contextJson } from './finding-json.js';
import type { FindingQuery } from './finding-query.js';
import type { PublishedScan } from './result-context.js';

/** One vulnerability of one third-party component. */
export interface ComponentFinding {
  readonly component: ComponentSpec;
  readonly vulnerability: ComponentSpec['vulnerabilities'][number];
}

/** The vulnerabilities that a query asks for. */
export function selectComponentFindings({ build }: PublishedScan, query: FindingQuery): readonly ComponentFinding[] {
  return componentsOf(build.behaviour.components)
    .flatMap((component) => component.vulnerabilities.map((vulnerability) => ({ component, vulnerability })))
    .filter(({ vulnerability }) => matches(vulnerability, query));
}

/** Every scan shows its components as new, found by an upload, with nobody knowing who depends on them. */
function matches({ severity, cvss, cve, cwe, affectsPolicy }: ComponentFinding['vulnerability'], query: FindingQuery): boolean {
  return (
    (query.severity === undefined || severity === query.severity) &&
    (query.severityAtLeast === undefined || severity >= query.severityAtLeast) &&
    (query.cvss === undefined || cvss === query.cvss) &&
    (query.cvssAtLeast === undefined || cvss >= query.cvssAtLeast) &&
    (query.cve === undefined || cve === query.cve) &&
    (query.cwes === undefined || query.cwes.includes(cweNumber(cwe) ?? -1)) &&
    (query.violatesPolicy === undefined || affectsPolicy === query.violatesPolicy) &&
    query.isNew !== false &&
    query.scanMode !== 'AGENT' &&
    query.dependencyMode !== 'DIRECT' &&
    query.dependencyMode !== 'TRANSITIVE'
  );
}

/** Findings of components have neither an issue id nor a build. */
export function componentFindingJson({ component, vulnerability }: ComponentFinding, scan: PublishedScan, origin: string): object {
  const foundDate = restTime(scan.results.publishedAtMs);
  const cwe = cweNumber(vulnerability.cwe);
  return {
    scan_type: 'SCA',
    description: vulnerability.summary,
    count: 1,
    ...contextJson(scan),
    violates_policy: vulnerability.affectsPolicy,
    finding_status: {
      first_found_date: foundDate,
      status: 'OPEN',
      resolution: 'UNRESOLVED',
      new: true,
      resolution_status: 'NONE',
      last_seen_date: foundDate,
    },
    finding_details: {
      severity: vulnerability.severity,
      ...(cwe === undefined ? {} : { cwe: { id: cwe, name: `Weakness ${cwe}`, href: `${origin}/appsec/v1/cwes/${cwe}` } }),
      component_id: guidOf('component', `${component.library}/${component.version}`),
      licenses: component.licences.map(({ spdxId, name, risk }) => ({
        license_id: (spdxId === '' ? name : spdxId).toLowerCase(),
        risk_rating: String(risk),
      })),
      metadata: { sca_scan_mode: 'UPLOAD', sca_dep_mode: 'UNKNOWN' },
      cve: {
        name: vulnerability.cve,
        cvss: vulnerability.cvss,
        href: `http://nvd.nist.gov/vuln/detail/${vulnerability.cve}`,
        severity: severityNames[vulnerability.severity],
        // With the zero-width spaces of a recording.
        vector: 'AV:N/\u200bAC:L/\u200bAu:N/\u200bC:P/\u200bI:P/\u200bA:P',
        cvss3: { score: vulnerability.cvss, severity: severityNames[vulnerability.severity], vector: 'AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L' },
      },
      product_id: guidOf('product', component.library),
      component_filename: component.file,
      language: 'JAVA',
      component_path: component.paths.map((path) => ({ path })),
      version: component.version,
    },
  };
}

function cweNumber(text: string): number | undefined {
  const digits = /(\d+)/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
