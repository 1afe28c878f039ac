import type { Finding, FindingGroup } from '../../../platform/findings/finding.js';
import { policyEffectOf } from '../../../platform/policy-status.js';
import type { Pageable } from '../paging.js';
import type { FindingQuery, ScanType } from './finding-query.js';
import type { PublishedScan } from './result-context.js';

const scanTypeOf: Readonly<Record<Finding['analysis'], ScanType>> = { static: 'STATIC', dynamic: 'DYNAMIC', manual: 'MANUAL' };

/** The word of the REST API for how a finding was found. */
export function restScanType({ analysis }: Pick<Finding, 'analysis'>): ScanType {
  return scanTypeOf[analysis];
}

/**
 * The findings that a query asks for. Scans may have millions of them: filters on what a whole group has in common decide
 * without looking at its findings, and pages that nothing else filters are found by counting.
 */
export function selectFindings(scan: PublishedScan, query: FindingQuery): Pageable<Finding> {
  const groups = scan.results.source.groups.filter((group) => groupMatches(group, query));
  return looksAtFindings(query) ? filtered(groups, (finding) => findingMatches(finding, scan, query)) : counted(groups);
}

function counted(groups: readonly FindingGroup[]): Pageable<Finding> {
  return {
    length: groups.reduce((total, { count }) => total + count, 0),
    slice(from, to) {
      const chosen: Finding[] = [];
      let passed = 0;
      for (const group of groups) {
        const skip = Math.max(0, from - passed);
        if (skip < group.count && chosen.length < to - from) {
          take(group.findings(skip), to - from, chosen);
        }
        passed += group.count;
      }
      return chosen;
    },
  };
}

function take(findings: Iterable<Finding>, most: number, chosen: Finding[]): void {
  for (const finding of findings) {
    if (chosen.length >= most) {
      return;
    }
    chosen.push(finding);
  }
}

/** Keeps positions instead of findings. */
function filtered(groups: readonly FindingGroup[], test: (finding: Finding) => boolean): Pageable<Finding> {
  const ids = function* (): Generator<Finding> {
    for (const group of groups) {
      for (const finding of group.findings()) {
        if (test(finding)) {
          yield finding;
        }
      }
    }
  };
  let length = 0;
  for (const _ of ids()) {
    length += 1;
  }
  return {
    length,
    slice(from, to) {
      const chosen: Finding[] = [];
      let position = 0;
      for (const finding of ids()) {
        if (position >= to) {
          break;
        }
        if (position >= from) {
          chosen.push(finding);
        }
        position += 1;
      }
      return chosen;
    },
  };
}

function groupMatches({ analysis, severity, weakness }: FindingGroup, query: FindingQuery): boolean {
  return (
    query.scanTypes.includes(scanTypeOf[analysis]) &&
    (query.severity === undefined || severity === query.severity) &&
    (query.severityAtLeast === undefined || severity >= query.severityAtLeast) &&
    (query.cwes === undefined || query.cwes.includes(weakness.cwe)) &&
    (query.categories === undefined || query.categories.includes(weakness.category.id)) &&
    // Only components have a CVE.
    query.cve === undefined
  );
}

function looksAtFindings({ violatesPolicy, isNew, cvss, cvssAtLeast, mitigatedAfterMs }: FindingQuery): boolean {
  return [violatesPolicy, isNew, cvss, cvssAtLeast, mitigatedAfterMs].some((filter) => filter !== undefined);
}

function findingMatches(finding: Finding, { results, policy }: PublishedScan, query: FindingQuery): boolean {
  const score = finding.manual?.cvss;
  return (
    (query.violatesPolicy === undefined || policyEffectOf(results, policy, finding).violates === query.violatesPolicy) &&
    (query.isNew === undefined || (results.remediationStatus(finding) === 'New') === query.isNew) &&
    (query.cvss === undefined || score === query.cvss) &&
    (query.cvssAtLeast === undefined || (score !== undefined && score >= query.cvssAtLeast)) &&
    (query.mitigatedAfterMs === undefined || mitigatedAtMs(finding, results) >= query.mitigatedAfterMs)
  );
}

/** When the mitigation that holds was accepted. */
function mitigatedAtMs(finding: Finding, results: PublishedScan['results']): number {
  if (results.mitigationStatus(finding) !== 'accepted') {
    return -Infinity;
  }
  return results.mitigationHistory(finding).findLast(({ action }) => action === 'accepted')?.atMs ?? -Infinity;
}
