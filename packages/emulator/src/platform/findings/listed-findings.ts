import type { FindingSpec } from '../../scenarios/finding-schema.js';
import { compareGroups, type Finding, type FindingGroup, type FindingSource } from './finding.js';
import { weaknessOf } from './weaknesses.js';

/** Findings that a scenario lists one by one. */
export function listedFindings(specs: readonly FindingSpec[], moduleNames: readonly string[]): FindingSource {
  const findings = specs.map((spec, index) => toFinding(spec, index, moduleNames));
  const byId = new Map(findings.map((finding) => [finding.issueId, finding]));
  return { count: findings.length, groups: groupsOf(findings), find: (issueId) => byId.get(issueId) };
}

function toFinding(spec: FindingSpec, index: number, moduleNames: readonly string[]): Finding {
  const weakness = weaknessOf(spec.cwe);
  const path = spec.file ?? '';
  const nameStart = path.lastIndexOf('/') + 1;
  return {
    issueId: spec.id ?? index + 1,
    weakness,
    severity: spec.severity ?? weakness.severity,
    moduleName: spec.module ?? moduleNames[index % moduleNames.length] ?? '',
    type: spec.type ?? weakness.type,
    description: spec.description ?? weakness.description,
    sourceFolder: path.slice(0, nameStart),
    sourceFile: path.slice(nameStart),
    line: spec.line ?? 0,
    functionPrototype: spec.function ?? '',
    exploitability: spec.exploitability,
    remediationStatus: spec.remediationStatus,
    firstFoundDaysAgo: spec.firstFoundDaysAgo,
    mitigation: spec.mitigation,
  };
}

function groupsOf(findings: readonly Finding[]): FindingGroup[] {
  const members = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = `${finding.severity}/${finding.weakness.cwe}`;
    const group = members.get(key);
    if (group === undefined) {
      members.set(key, [finding]);
    } else {
      group.push(finding);
    }
  }
  return [...members.values()]
    .map((group) => ({ weakness: group[0].weakness, severity: group[0].severity, count: group.length, findings: () => group }))
    .sort(compareGroups);
}
