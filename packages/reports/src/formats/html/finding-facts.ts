import type { JudgedFinding } from '@verapipe/core';

import { severityName } from '../../severity-name.js';
import { effortWord, exploitabilityWord, MITIGATION_WORDS, STANDING_WORDS, STATUS_WORDS } from './finding-words.js';
import { shownTime } from './numbers.js';

/** All that is known of a finding besides its text and paths; unknown facts are null. The page's script shares it. */
export function factsOfFinding(finding: JudgedFinding): readonly (readonly [name: string, fact: string | null])[] {
  const { location, component, mitigation, waiver } = finding;
  return [
    ['Severity', severityName(finding.severity)],
    ['Status', STATUS_WORDS[finding.status]],
    ['Standing', finding.standing && STANDING_WORDS[finding.standing]],
    ['Against the policy', finding.affectsPolicy === null ? null : finding.affectsPolicy ? 'Yes' : 'No'],
    ['Waiver', waiver && `${waiver.reason} (${waiver.owner}, until ${waiver.expires})`],
    ['Mitigation', mitigation.state === 'none' ? null : [MITIGATION_WORDS[mitigation.state], mitigation.reason, mitigation.approver && `by ${mitigation.approver}`].filter((part) => part !== null).join(', ')],
    ['Weakness', finding.cwe === null ? finding.cweName : `CWE-${String(finding.cwe)}${finding.cweName === null ? '' : `: ${finding.cweName}`}`],
    ['File in the repository', location.repositoryPath],
    ['File', location.file],
    ['Line', location.line === null ? null : String(location.line)],
    ['Function', location.function],
    ['Module', location.module],
    ['Address', location.url],
    ['Parameter', location.parameter],
    ['Component', component && [component.fileName, component.version].filter((part) => part !== null).join(' ')],
    ['Vulnerability', component && component.vulnerabilityId],
    ['CVSS', component === null || component.cvss === null ? null : String(component.cvss)],
    ['Licences', component === null || component.licences.length === 0 ? null : component.licences.map(({ name, risk }) => (risk === null ? name : `${name} (risk ${String(risk)})`)).join(', ')],
    ['Exploitability', finding.exploitability === null ? null : exploitabilityWord(finding.exploitability)],
    ['Effort to fix', finding.remediationEffort === null ? null : effortWord(finding.remediationEffort)],
    ['First found', finding.firstFoundAt && shownTime(finding.firstFoundAt)],
    ['Grace period until', finding.gracePeriodExpiresAt && shownTime(finding.gracePeriodExpiresAt)],
    ['Found by', { static: 'Static analysis', dynamic: 'Dynamic analysis', manual: 'Manual testing', sca: 'Composition analysis' }[finding.kind]],
    ['Id', finding.id],
  ];
}
