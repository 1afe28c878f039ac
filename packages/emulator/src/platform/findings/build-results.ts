import { publishedAtMs, scannedModules } from '../build-status.js';
import type { ApplicationRecord, BuildRecord, MitigationRecord } from '../state.js';
import { createFindingSource } from './finding-source.js';
import type { Finding, FindingSource } from './finding.js';
import { mitigationHistory, mitigationStatus, type MitigationStatus } from './mitigation-status.js';

export type RemediationStatus = 'New' | 'Open' | 'Reopened' | 'Fixed' | 'Cannot Reproduce';

/** The findings of a finished build, seen in the light of what came before and of what people said about them. */
export interface BuildResults {
  readonly source: FindingSource;
  readonly publishedAtMs: number;
  firstFoundAtMs(finding: Finding): number;
  remediationStatus(finding: Finding): RemediationStatus;
  mitigationHistory(finding: Finding): readonly MitigationRecord[];
  mitigationStatus(finding: Finding): MitigationStatus;
}

/** @returns null while results are not published. */
export function createBuildResults(application: ApplicationRecord, build: BuildRecord, nowMs: number): BuildResults | null {
  const published = publishedAtMs(build, nowMs);
  if (published === null) {
    return null;
  }
  const earlier = earlierResults(application, build, nowMs);
  const previous = earlier.at(-1);
  const results: BuildResults = {
    source: sourceOf(build),
    publishedAtMs: published,
    firstFoundAtMs(finding) {
      if (finding.firstFoundDaysAgo !== undefined) {
        return nowMs - finding.firstFoundDaysAgo * 86_400_000;
      }
      return earlier.find(({ source }) => source.find(finding.issueId) !== undefined)?.publishedAtMs ?? published;
    },
    remediationStatus(finding) {
      if (finding.remediationStatus !== undefined) {
        return finding.remediationStatus;
      }
      if (previous?.source.find(finding.issueId) !== undefined) {
        return 'Open';
      }
      return earlier.some(({ source }) => source.find(finding.issueId) !== undefined) ? 'Reopened' : 'New';
    },
    mitigationHistory: (finding) => mitigationHistory(finding, application.mitigations, results.firstFoundAtMs(finding)),
    // Most findings have no history: nobody looks through earlier scans for its dates.
    mitigationStatus: (finding) =>
      finding.mitigation === undefined && application.mitigations[String(finding.issueId)] === undefined
        ? 'none'
        : mitigationStatus(results.mitigationHistory(finding)),
  };
  return results;
}

function sourceOf(build: BuildRecord): FindingSource {
  return createFindingSource(
    build.behaviour,
    scannedModules(build).map(({ name }) => name),
  );
}

/** Finished scans of the same context that were made before this one, oldest first. */
function earlierResults(application: ApplicationRecord, build: BuildRecord, nowMs: number): { source: FindingSource; publishedAtMs: number }[] {
  const before = application.builds.slice(0, application.builds.indexOf(build));
  return before
    .filter((other) => other.sandboxId === build.sandboxId && other.deleted === null)
    .flatMap((other) => {
      const published = publishedAtMs(other, nowMs);
      return published === null ? [] : [{ source: sourceOf(other), publishedAtMs: published }];
    });
}
