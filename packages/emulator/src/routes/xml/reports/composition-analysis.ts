import { createHash } from 'node:crypto';
import { componentsOf } from '../../../platform/findings/finding-source.js';
import { guidOf } from '../../../platform/world.js';
import type { ComponentSpec } from '../../../scenarios/finding-schema.js';
import { severityNames } from '../../../scenarios/vocabulary.js';
import { reportTime } from '../../dates.js';
import type { XmlElement } from '../xml-text.js';
import type { ReportSubject } from './report-subject.js';

/** Third-party components; their vulnerabilities are not among the flaws. Left out when the scenario has none. */
export function compositionAnalysis({ build, results }: ReportSubject): XmlElement | undefined {
  const components = componentsOf(build.behaviour.components);
  if (components.length === 0) {
    return undefined;
  }
  const violating = components.filter(violatesPolicy).length;
  return {
    name: 'software_composition_analysis',
    attributes: {
      third_party_components: components.length,
      violate_policy: violating > 0,
      components_violated_policy: violating,
      blocklisted_components: 0,
    },
    children: [
      {
        name: 'vulnerable_components',
        children: components.map((component) => componentElement(component, results.publishedAtMs)),
      },
    ],
  };
}

function violatesPolicy({ vulnerabilities }: ComponentSpec): boolean {
  return vulnerabilities.some(({ affectsPolicy }) => affectsPolicy);
}

function componentElement(component: ComponentSpec, foundAtMs: number): XmlElement {
  const scores = component.vulnerabilities.map(({ cvss }) => cvss);
  return {
    name: 'component',
    attributes: {
      component_id: guidOf('component', `${component.library}/${component.version}`),
      file_name: component.file,
      sha1: createHash('sha1').update(component.file).digest('hex'),
      vulnerabilities: component.vulnerabilities.length,
      max_cvss_score: scores.length === 0 ? '' : Math.max(...scores),
      version: component.version,
      library: component.library,
      vendor: component.vendor,
      description: component.description,
      added_date: reportTime(foundAtMs),
      component_affects_policy_compliance: violatesPolicy(component),
      new: false,
      blocklisted: false,
    },
    children: [
      { name: 'file_paths', children: component.paths.map((value) => ({ name: 'file_path', attributes: { value } })) },
      { name: 'licenses', children: component.licences.map(licenceElement) },
      { name: 'vulnerabilities', children: component.vulnerabilities.map((entry) => vulnerabilityElement(entry, foundAtMs)) },
      { name: 'violated_policy_rules' },
    ],
  };
}

function licenceElement({ name, spdxId, url, risk }: ComponentSpec['licences'][number]): XmlElement {
  return { name: 'license', attributes: { name, spdx_id: spdxId, license_url: url, risk_rating: risk } };
}

function vulnerabilityElement(entry: ComponentSpec['vulnerabilities'][number], foundAtMs: number): XmlElement {
  return {
    name: 'vulnerability',
    attributes: {
      cve_id: entry.cve,
      cvss_score: entry.cvss,
      severity: entry.severity,
      cwe_id: entry.cwe,
      first_found_date: reportTime(foundAtMs),
      cve_summary: entry.summary,
      severity_desc: severityNames[entry.severity],
      mitigation: false,
      vulnerability_affects_policy_compliance: entry.affectsPolicy,
    },
  };
}
