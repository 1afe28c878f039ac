import type { Finding } from '../../../platform/findings/finding.js';
import type { MitigationStatus } from '../../../platform/findings/mitigation-status.js';
import { breaksPolicy, graceDays } from '../../../platform/policy-status.js';
import type { MitigationRecord } from '../../../platform/state.js';
import { mitigationActions } from '../../../scenarios/vocabulary.js';
import { reportTime } from '../../dates.js';
import type { XmlElement } from '../xml-text.js';
import type { ReportSubject } from './report-subject.js';

const dayMs = 86_400_000;
const statusTexts: Readonly<Record<MitigationStatus, string>> = {
  none: 'Not Mitigated',
  proposed: 'Mitigation Proposed',
  accepted: 'Mitigation Accepted',
  rejected: 'Mitigation Rejected',
};

/** One static finding of a detailed report. */
export function flawElement({ results, policy }: ReportSubject, finding: Finding): XmlElement {
  const { weakness } = finding;
  const history = results.mitigationHistory(finding);
  const status = results.mitigationStatus(finding);
  const firstFoundAtMs = results.firstFoundAtMs(finding);
  const violates = breaksPolicy(policy, finding) && status !== 'accepted';
  const days = graceDays(policy, finding.severity);
  return {
    name: 'flaw',
    attributes: {
      severity: finding.severity,
      categoryname: weakness.name,
      count: 1,
      issueid: finding.issueId,
      module: finding.moduleName,
      type: finding.type,
      description: describe(finding),
      note: '',
      cweid: weakness.cwe,
      remediationeffort: weakness.effort,
      exploitLevel: finding.exploitability,
      categoryid: weakness.category.id,
      pcirelated: weakness.pci,
      date_first_occurrence: reportTime(firstFoundAtMs),
      remediation_status: results.remediationStatus(finding),
      cia_impact: weakness.ciaImpact,
      grace_period_expires: violates && days > 0 ? reportTime(firstFoundAtMs + days * dayMs) : '',
      affects_policy_compliance: violates,
      mitigation_status: status,
      mitigation_status_desc: statusTexts[status],
      sourcefile: finding.sourceFile,
      line: finding.line,
      sourcefilepath: finding.sourceFolder,
      scope: scopeOf(finding),
      functionprototype: finding.functionPrototype,
      functionrelativelocation: finding.line % 100,
    },
    children: [
      ...entries('mitigations', 'mitigation', history.filter(({ action }) => action !== 'comment')),
      ...entries('annotations', 'annotation', history),
    ],
  };
}

/** Carriage returns and line feeds as in the platform's own texts. */
function describe({ description, weakness }: Finding): string {
  return [description, ...weakness.category.advice, `References: \r\nCWE (https://cwe.mitre.org/data/definitions/${weakness.cwe}.html)`].join(
    '\r\n\r\n',
  );
}

function scopeOf({ sourceFolder, sourceFile }: Finding): string {
  const path = `${sourceFolder}${sourceFile}`.replace(/^src\/main\/java\//, '').replace(/\.[^.]*$/, '');
  return path === '' ? 'UNKNOWN' : path.replaceAll('/', '.');
}

function entries(list: string, name: string, history: readonly MitigationRecord[]): XmlElement[] {
  const children = history.map(({ action, comment, by, atMs }) => ({
    name,
    attributes: { action: mitigationActions[action], description: comment, user: by, date: reportTime(atMs) },
  }));
  return children.length === 0 ? [] : [{ name: list, children }];
}
