import type { FlawMatch, JudgedFinding } from '@verapipe/core';

import { findingHash, findingUuid } from '../../finding-hash.js';
import { findingTitle } from '../../finding-title.js';
import { printable } from '../../printable.js';
import type { ScanResults } from '../../scan-results.js';
import { webAddress } from '../../web-address.js';
import { codeFlowOf, locationsOf } from './sarif-location.js';
import { ruleIdOf, SARIF_LEVELS, type SarifRules, scoreOf } from './sarif-rules.js';
import { sarifText } from './sarif-text.js';

/** One finding. Pure. @see SARIF 2.1.0, 3.27 */
export function resultOf(finding: JudgedFinding, { indexes }: SarifRules, results: ScanResults): object {
  const viewer = webAddress(results.scan?.url ?? null);
  const ruleId = ruleIdOf(finding);
  const paths = finding.dataPaths ?? [];
  return {
    ruleId,
    ruleIndex: indexes.get(ruleId),
    level: SARIF_LEVELS[finding.severity],
    message: { text: messageOf(finding) },
    locations: locationsOf(finding),
    ...(paths.length === 0 ? {} : { codeFlows: paths.map(codeFlowOf) }),
    // Jenkins takes results of one rule, text and place for one, unless they have these.
    correlationGuid: findingUuid(finding, results),
    partialFingerprints: fingerprintsOf(finding, results),
    suppressions: suppressionsOf(finding),
    ...(viewer === null ? {} : { hostedViewerUri: viewer }),
    properties: propertiesOf(finding),
  };
}

function messageOf(finding: JudgedFinding): string {
  const title = findingTitle(finding);
  const text = finding.description.trim();
  if (text === '') return sarifText(`${title}.`);
  return sarifText(finding.component === null ? text : `${title}: ${text}`);
}

/**
 * What recognises a finding in another run. GitHub looks at `primaryLocationLineHash` and at nothing else, whatever it is a
 * hash of.
 */
function fingerprintsOf(finding: JudgedFinding, results: ScanResults): Readonly<Record<string, string>> {
  const hash = findingHash(finding, results);
  const flaw = finding.flawMatch === null ? {} : { 'veracodeFlawMatch/v1': flawText(finding.flawMatch) };
  return { 'veracodeFinding/v1': hash, primaryLocationLineHash: `${hash.slice(0, 16)}:1`, ...flaw };
}

/** As people copy it from a results file into a waiver. */
function flawText(match: FlawMatch): string {
  const { procedureHash, prototypeHash, flawHash, flawHashCount, flawHashOrdinal, causeHash, causeHashCount, causeHashOrdinal } = match;
  return printable([procedureHash, prototypeHash, flawHash, flawHashCount, flawHashOrdinal, causeHash, causeHashCount, causeHashOrdinal].join(':'));
}

/** An empty list says that there are none; Jenkins stumbles over a missing one. A mitigation that is only proposed suppresses nothing, unless the run took it for accepted. */
function suppressionsOf({ mitigation, waiver, standing }: JudgedFinding): readonly object[] {
  const decisions: string[] = [];
  if (waiver !== null) decisions.push(`Waived until ${waiver.expires}, owner ${waiver.owner}: ${waiver.reason}`);
  else if (standing === 'waived') decisions.push('Waived.');
  if (mitigation.state === 'accepted') decisions.push(mitigationWords('Mitigation accepted on the platform', mitigation));
  else if (standing === 'proposed') decisions.push(mitigationWords('Mitigation proposed on the platform, which the run took for accepted', mitigation));
  return decisions.map((justification) => ({ kind: 'external', status: 'accepted', justification: sarifText(justification) }));
}

function mitigationWords(what: string, { reason, approver }: JudgedFinding['mitigation']): string {
  return `${what}${approver === null ? '' : ` by ${approver}`}${reason === null ? '.' : `: ${reason}`}`;
}

function propertiesOf(finding: JudgedFinding): object {
  const { id, kind, severity, category, status, standing, affectsPolicy, mitigation, component } = finding;
  return {
    id: printable(id),
    kind,
    severity,
    'security-severity': scoreOf(finding).toFixed(1),
    category: category === null ? null : printable(category),
    status,
    standing,
    affectsPolicy,
    mitigation: mitigation.state,
    exploitability: finding.exploitability,
    remediationEffort: finding.remediationEffort,
    firstFoundAt: finding.firstFoundAt === null ? null : printable(finding.firstFoundAt),
    gracePeriodExpiresAt: finding.gracePeriodExpiresAt === null ? null : printable(finding.gracePeriodExpiresAt),
    ...(component === null ? {} : { vulnerability: printable(component.vulnerabilityId), cvss: component.cvss }),
  };
}
