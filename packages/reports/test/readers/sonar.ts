import { reportFaults } from '../report-schemas.js';
import { actingCharacters } from './acting-characters.js';
import { countsOf, ofEach, type ReportReader } from './report-reader.js';

/** What SonarQube reads. */
export interface SonarReport {
  readonly rules: readonly { readonly id: string; readonly type?: string; readonly impacts?: readonly { readonly softwareQuality: string; readonly severity: string }[] }[];
  readonly issues: readonly { readonly ruleId: string }[];
}

/** A report as SonarQube takes it, or every reason why not. */
export function readSonar(text: string): SonarReport {
  const faults = faultsOf(text);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return JSON.parse(text) as SonarReport;
}

/** What a schema cannot say: rules that stand in it once, and issues that each have a rule. A rule without an issue is ours to miss. */
function faultsOf(text: string): readonly string[] {
  const faults = [...reportFaults('sonar-generic-issues', text), ...actingCharacters(text)];
  if (faults.length > 0) return faults;
  const { rules, issues } = JSON.parse(text) as SonarReport;
  const ids = new Set(rules.map(({ id }) => id));
  const used = new Set(issues.map(({ ruleId }) => ruleId));
  if (ids.size !== rules.length) faults.push('has a rule twice');
  if (![...used].every((id) => ids.has(id))) faults.push('has an issue of no rule');
  if (used.size !== ids.size) faults.push('has a rule without an issue');
  for (const { id, impacts = [] } of rules) if (new Set(impacts.map(({ softwareQuality }) => softwareQuality)).size !== impacts.length) faults.push(`has in ${id} two impacts on one quality`);
  return faults;
}

/** The documented fields, and the checks of SonarQube's scanner. @see docs.sonarsource.com "Generic issue import format" */
export const SONAR: ReportReader = {
  name: "schema of ours, from SonarQube's documentation and the checks of its scanner (Ajv)",
  faults: ofEach(faultsOf),
  counts(text) {
    const { rules, issues } = readSonar(text);
    const severities = new Map(rules.map(({ id, impacts = [] }) => [id, impacts[0]?.severity ?? 'none']));
    return countsOf(issues.map(({ ruleId }) => severities.get(ruleId) ?? 'no rule'));
  },
};
