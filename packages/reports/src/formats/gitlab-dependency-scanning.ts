import type { JudgedFinding } from '@verapipe/core';

import { findingPath } from '../finding-path.js';
import { isCve } from '../finding-text.js';
import { printable } from '../printable.js';
import type { ReportFormat } from '../report.js';
import { type GitlabSecurityReport, type Identifier, renderGitlabSecurity } from './gitlab-security.js';

type Component = NonNullable<JudgedFinding['component']>;

const DEPENDENCY_SCANNING: GitlabSecurityReport = {
  type: 'dependency_scanning',
  holds: ({ component }) => component !== null,
  others: 'of the code, which a report about components does not hold',
  describe: ({ component, location }) => (component === null ? { identifiers: [], location: {} } : { identifiers: [vulnerabilityOf(component)], location: locationOf(component, location), details: detailsOf(component) }),
};

/**
 * GitLab's dependency scanning report: vulnerabilities of components. An empty report would close what is open, so there is
 * none of a run without results, and none of a pipeline scan.
 *
 * @see gitlab.com/gitlab-org/security-products/security-report-schemas "dependency-scanning-report-format.json"
 */
export const gitlabDependencyScanning: ReportFormat = { tellsFailure: false, tellsIncomplete: true, componentsOnly: true, render: (input) => renderGitlabSecurity(input, DEPENDENCY_SCANNING) };

function vulnerabilityOf({ vulnerabilityId }: Component): Identifier {
  const name = printable(vulnerabilityId);
  if (isCve(name)) return { type: 'cve', name, value: name, url: `https://www.cve.org/CVERecord?id=${name}` };
  return { type: 'veracode_vulnerability', name: name === '' ? 'unnamed' : name, value: name === '' ? 'unnamed' : name };
}

/** The platform does not say which manifest brought a component in: its file stands for it. */
function locationOf({ fileName, version }: Component, location: JudgedFinding['location']): object {
  const name = printable(fileName);
  return {
    file: printable(findingPath(location) ?? '') || name || 'unknown',
    dependency: { package: { name }, version: printable(version ?? '') },
  };
}

function detailsOf({ cvss, licences }: Component): object {
  return {
    ...(cvss === null ? {} : { cvss: { name: 'CVSS score', type: 'value', value: cvss } }),
    ...(licences.length === 0 ? {} : { licences: { name: 'Licences', type: 'text', value: licences.map(({ name }) => printable(name)).join(', ') } }),
  };
}
