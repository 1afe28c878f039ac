import type { FindingDataStep, JudgedFinding } from '@verapipe/core';

type FindingLocation = JudgedFinding['location'];

type Step = readonly [file: FindingDataStep['file'], repositoryPath: FindingDataStep['repositoryPath'], line: FindingDataStep['line'], function_: FindingDataStep['function']];

/** A finding as the page holds it: values without names, as the names would be most of a large page. */
export type FindingRow = readonly [
  id: string,
  kind: JudgedFinding['kind'],
  severity: JudgedFinding['severity'],
  cwe: number | null,
  cweName: string | null,
  category: string | null,
  description: string,
  location: readonly [module: FindingLocation['module'], file: FindingLocation['file'], repositoryPath: FindingLocation['repositoryPath'], line: FindingLocation['line'], function_: FindingLocation['function'], url: FindingLocation['url'], parameter: FindingLocation['parameter']],
  status: JudgedFinding['status'],
  affectsPolicy: boolean | null,
  mitigation: readonly [state: JudgedFinding['mitigation']['state'], reason: string | null, approver: string | null],
  firstFoundAt: string | null,
  gracePeriodExpiresAt: string | null,
  exploitability: number | null,
  remediationEffort: number | null,
  component: JudgedFinding['component'],
  standing: JudgedFinding['standing'],
  waiver: JudgedFinding['waiver'],
  dataPaths: readonly (readonly Step[])[] | null,
];

export function rowOf(finding: JudgedFinding): FindingRow {
  const { location, mitigation, dataPaths } = finding;
  return [
    finding.id,
    finding.kind,
    finding.severity,
    finding.cwe,
    finding.cweName,
    finding.category,
    finding.description,
    [location.module, location.file, location.repositoryPath, location.line, location.function, location.url, location.parameter],
    finding.status,
    finding.affectsPolicy,
    [mitigation.state, mitigation.reason, mitigation.approver],
    finding.firstFoundAt,
    finding.gracePeriodExpiresAt,
    finding.exploitability,
    finding.remediationEffort,
    finding.component,
    finding.standing,
    finding.waiver,
    dataPaths && dataPaths.map(({ steps }) => steps.map((step) => [step.file, step.repositoryPath, step.line, step.function] as const)),
  ];
}

/** The finding again, but for what recognises it in other scans, which nobody reads on a page. */
export function findingOf(row: FindingRow): JudgedFinding {
  const [id, kind, severity, cwe, cweName, category, description, location, status, affectsPolicy, mitigation, firstFoundAt, gracePeriodExpiresAt, exploitability, remediationEffort, component, standing, waiver, dataPaths] = row;
  const [module, file, repositoryPath, line, function_, url, parameter] = location;
  const [state, reason, approver] = mitigation;
  return {
    id, kind, severity, cwe, cweName, category, description, status, affectsPolicy, firstFoundAt, gracePeriodExpiresAt, exploitability, remediationEffort, component, standing, waiver,
    location: { module, file, repositoryPath, line, function: function_, url, parameter },
    mitigation: { state, reason, approver },
    flawMatch: null,
    dataPaths: dataPaths && dataPaths.map((steps) => ({ steps: steps.map(([stepFile, stepPath, stepLine, stepFunction]) => ({ file: stepFile, repositoryPath: stepPath, line: stepLine, function: stepFunction })) })),
  };
}
