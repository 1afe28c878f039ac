import { firstIssueIds, type DynamicFindingSpec, type FindingSpec, type ManualFindingSpec } from '../../scenarios/finding-schema.js';
import { compareGroups, type Finding, type FindingGroup, type FindingSource } from './finding.js';
import { weaknessOf } from './weaknesses.js';

/** Static findings that a scenario lists one by one. */
export function listedFindings(specs: readonly FindingSpec[], moduleNames: readonly string[]): FindingSource {
  return sourceOf(specs.map((spec, index) => staticFinding(spec, index, moduleNames)));
}

/** Findings of a dynamic analysis and of a manual test that a scenario lists. */
export function otherListedFindings(dynamic: readonly DynamicFindingSpec[], manual: readonly ManualFindingSpec[]): FindingSource {
  return sourceOf([...dynamic.map(dynamicFinding), ...manual.map(manualFinding)]);
}

function sourceOf(findings: readonly Finding[]): FindingSource {
  const byId = new Map(findings.map((finding) => [finding.issueId, finding]));
  return { count: findings.length, groups: groupsOf(findings), find: (issueId) => byId.get(issueId) };
}

function staticFinding(spec: FindingSpec, index: number, moduleNames: readonly string[]): Finding {
  const path = spec.file ?? '';
  const nameStart = path.lastIndexOf('/') + 1;
  return {
    ...commonFacts(spec),
    issueId: spec.id ?? firstIssueIds.static + index,
    analysis: 'static',
    moduleName: spec.module ?? moduleNames[index % moduleNames.length] ?? '',
    type: spec.type ?? weaknessOf(spec.cwe).type,
    sourceFolder: path.slice(0, nameStart),
    sourceFile: path.slice(nameStart),
    line: spec.line ?? 0,
    functionPrototype: spec.function ?? '',
    exploitability: spec.exploitability,
  };
}

function dynamicFinding(spec: DynamicFindingSpec, index: number): Finding {
  const { url, parameter, plugin, attackVector = weaknessOf(spec.cwe).name } = spec;
  return {
    ...commonFacts(spec),
    ...withoutSource,
    issueId: spec.id ?? firstIssueIds.dynamic + index,
    analysis: 'dynamic',
    moduleName: 'dynamic_analysis',
    exploitability: 0,
    dynamic: { url, parameter, plugin, attackVector },
  };
}

function manualFinding(spec: ManualFindingSpec, index: number): Finding {
  const { location, inputVector, cvss, capecId, exploitDifficulty, exploitDescription, severityDescription, remediationDescription } = spec;
  return {
    ...commonFacts(spec),
    ...withoutSource,
    issueId: spec.id ?? firstIssueIds.manual + index,
    analysis: 'manual',
    moduleName: spec.module,
    exploitability: spec.exploitability,
    manual: { location, inputVector, cvss, capecId, exploitDifficulty, exploitDescription, severityDescription, remediationDescription },
  };
}

const withoutSource = { type: '', sourceFolder: '', sourceFile: '', line: 0, functionPrototype: '' };

type CommonFacts = Pick<Finding, 'weakness' | 'severity' | 'description' | 'remediationStatus' | 'firstFoundDaysAgo' | 'mitigation'>;

function commonFacts(spec: FindingSpec | DynamicFindingSpec | ManualFindingSpec): CommonFacts {
  const weakness = weaknessOf(spec.cwe);
  return {
    weakness,
    severity: spec.severity ?? weakness.severity,
    description: spec.description ?? weakness.description,
    remediationStatus: spec.remediationStatus,
    firstFoundDaysAgo: spec.firstFoundDaysAgo,
    mitigation: spec.mitigation,
  };
}

function groupsOf(findings: readonly Finding[]): FindingGroup[] {
  const members = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = `${finding.analysis}/${finding.severity}/${finding.weakness.cwe}`;
    const group = members.get(key);
    if (group === undefined) {
      members.set(key, [finding]);
    } else {
      group.push(finding);
    }
  }
  return [...members.values()]
    .map((group) => ({
      analysis: group[0].analysis,
      weakness: group[0].weakness,
      severity: group[0].severity,
      count: group.length,
      findings: (skip = 0) => group.slice(skip),
    }))
    .sort(compareGroups);
}
