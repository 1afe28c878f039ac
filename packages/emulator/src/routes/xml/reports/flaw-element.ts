import type { Analysis, Finding } from '../../../platform/findings/finding.js';
import { flawHashesOf } from '../../../platform/findings/flaw-hashes.js';
import type { MitigationStatus } from '../../../platform/findings/mitigation-status.js';
import { policyEffectOf } from '../../../platform/policy-status.js';
import type { MitigationRecord } from '../../../platform/state.js';
import { mitigationActions } from '../../../scenarios/vocabulary.js';
import { reportTime } from '../../dates.js';
import type { XmlAttributes, XmlElement } from '../xml-text.js';
import type { ReportSubject } from './report-subject.js';

const statusTexts: Readonly<Record<MitigationStatus, string>> = {
  none: 'Not Mitigated',
  proposed: 'Mitigation Proposed',
  accepted: 'Mitigation Accepted',
  rejected: 'Mitigation Rejected',
};

/** Lists of a report, one for each kind of finding. */
export const flawLists: Readonly<Record<Analysis, string>> = { static: 'staticflaws', dynamic: 'dynamicflaws', manual: 'manualflaws' };

/** One finding of a detailed report. */
export function flawElement({ results, policy, world }: ReportSubject, finding: Finding): XmlElement {
  const { weakness } = finding;
  const history = results.mitigationHistory(finding);
  const status = results.mitigationStatus(finding);
  const { violates, graceEndsAtMs } = policyEffectOf(results, policy, finding);
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
      categoryid: weakness.category.id,
      pcirelated: weakness.pci,
      date_first_occurrence: reportTime(results.firstFoundAtMs(finding)),
      remediation_status: results.remediationStatus(finding),
      cia_impact: weakness.ciaImpact,
      grace_period_expires: graceEndsAtMs === null ? '' : reportTime(graceEndsAtMs),
      affects_policy_compliance: violates,
      mitigation_status: status,
      mitigation_status_desc: statusTexts[status],
      ...ownAttributes(finding),
      ...(world.scenario.settings.reportHashes ? hashAttributes(finding) : {}),
    },
    children: [
      ...ownTexts(finding),
      ...entries('mitigations', 'mitigation', history.filter(({ action }) => action !== 'comment')),
      ...entries('annotations', 'annotation', history),
    ],
  };
}

/** What only this kind of finding has. */
function ownAttributes({ dynamic, manual, ...finding }: Finding): XmlAttributes {
  if (dynamic !== undefined) {
    return { url: dynamic.url, ...(dynamic.parameter === undefined ? {} : { vuln_parameter: dynamic.parameter }) };
  }
  if (manual !== undefined) {
    return {
      location: manual.location,
      cvss: manual.cvss ?? '',
      capecid: manual.capecId ?? '',
      exploitdifficulty: manual.exploitDifficulty,
      inputvector: manual.inputVector,
      exploitLevel: finding.exploitability,
    };
  }
  return {
    exploitLevel: finding.exploitability,
    sourcefile: finding.sourceFile,
    line: finding.line,
    sourcefilepath: finding.sourceFolder,
    scope: scopeOf(finding),
    functionprototype: finding.functionPrototype,
    functionrelativelocation: finding.line % 100,
  };
}

/** Attributes that the schema of reports has and no recording shows. */
function hashAttributes(finding: Finding): XmlAttributes {
  const hashes = finding.analysis === 'static' ? flawHashesOf(finding) : null;
  if (hashes === null) {
    return {};
  }
  return {
    procedure_hash: hashes.procedure,
    prototype_hash: hashes.prototype,
    statement_hash: hashes.flaw,
    statement_hash_count: hashes.count,
    statement_hash_ordinal: hashes.ordinal,
  };
}

function ownTexts({ manual }: Finding): XmlElement[] {
  if (manual === undefined) {
    return [];
  }
  const texts = { exploit_desc: manual.exploitDescription, severity_desc: manual.severityDescription, remediation_desc: manual.remediationDescription };
  return Object.entries(texts).flatMap(([name, text]) => (text === '' ? [] : [{ name, text }]));
}

/** Carriage returns and line feeds as in the platform's own texts. */
function describe({ description, weakness }: Finding): string {
  return [description, ...weakness.category.advice, `References: \r\nCWE (https://cwe.mitre.org/data/definitions/${weakness.cwe}.html)`].join(
    '\r\n\r\n',
  );
}

export function scopeOf({ sourceFolder, sourceFile }: Pick<Finding, 'sourceFolder' | 'sourceFile'>): string {
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
