import type { FindingDataPath, FindingDataStep, JudgedFinding } from '@verapipe/core';

import { findingHash } from '../finding-hash.js';
import { findingLine, findingPath } from '../finding-path.js';
import { printable } from '../printable.js';
import type { ReportFormat } from '../report.js';
import type { ScanResults } from '../scan-results.js';
import { type GitlabSecurityReport, renderGitlabSecurity } from './gitlab-security.js';

/** The schema's limit. */
const MAX_DATA_PATHS = 10;

const SAST: GitlabSecurityReport = {
  type: 'sast',
  holds: ({ kind }) => kind === 'static' || kind === 'manual',
  others: 'of dynamic analyses or of components, which a SAST report does not hold',
  describe: (finding, results) => ({ identifiers: [], location: locationOf(finding), tracking: trackingOf(finding, results), details: detailsOf(finding) }),
};

/**
 * GitLab's SAST report. It has no state for a run without results that GitLab would show: an empty report would close
 * what is open.
 *
 * @see gitlab.com/gitlab-org/security-products/security-report-schemas "sast-report-format.json"
 */
export const gitlabSast: ReportFormat = { tellsFailure: false, tellsIncomplete: true, render: (input) => renderGitlabSecurity(input, SAST) };

/** Without a file, the module or the address: GitLab shows it, and it links to nothing. */
function locationOf({ location }: JudgedFinding): object {
  const file = findingPath(location) ?? location.module ?? location.url;
  const line = findingLine(location.line);
  return {
    ...(file === null ? {} : { file: printable(file) }),
    ...(line === null ? {} : { start_line: line, end_line: line }),
    ...(location.function === null ? {} : { method: printable(location.function) }),
  };
}

/** Otherwise GitLab takes findings of one weakness in one line, or without a line, for the same. */
function trackingOf(finding: JudgedFinding, results: ScanResults): object {
  return { type: 'source', items: [{ signatures: [{ algorithm: 'hash', value: findingHash(finding, results) }] }] };
}

function detailsOf({ location, affectsPolicy, status, mitigation, gracePeriodExpiresAt, dataPaths }: JudgedFinding): object {
  const flows = (dataPaths ?? []).map(flowOf).filter((flow) => flow.length > 0).slice(0, MAX_DATA_PATHS);
  return {
    status: { name: 'Status', type: 'text', value: status },
    ...(affectsPolicy === null ? {} : { affects_policy: { name: 'Affects the policy', type: 'value', value: affectsPolicy } }),
    ...(location.module === null ? {} : { module: { name: 'Module', type: 'text', value: printable(location.module) } }),
    ...(mitigation.state === 'none' ? {} : { mitigation: { name: 'Mitigation', type: 'text', value: mitigation.state } }),
    ...(gracePeriodExpiresAt === null ? {} : { grace_period: { name: 'Grace period expires', type: 'text', value: printable(gracePeriodExpiresAt) } }),
    ...(flows.length === 0 ? {} : { data_paths: { name: 'Data paths', type: 'code-flows', items: flows } }),
  };
}

/** A node needs a file and a line: steps without are left out, and it is told of no step that it is where data enters unless it is. */
function flowOf({ steps }: FindingDataPath): readonly object[] {
  return steps.flatMap((step, index) => {
    const place = nodePlaceOf(step);
    return place === null ? [] : [{ type: 'code-flow-node', file_location: place, node_type: nodeTypeOf(index, steps.length) }];
  });
}

function nodePlaceOf(step: FindingDataStep): object | null {
  const [path, line] = [findingPath(step), findingLine(step.line)];
  return path === null || line === null ? null : { type: 'file-location', file_name: printable(path), line_start: line };
}

function nodeTypeOf(index: number, count: number): 'source' | 'propagation' | 'sink' {
  if (index === count - 1) return 'sink';
  return index === 0 ? 'source' : 'propagation';
}
