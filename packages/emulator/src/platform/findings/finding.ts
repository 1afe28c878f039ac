import type { FindingSpec } from '../../scenarios/finding-schema.js';
import type { Severity } from '../../scenarios/vocabulary.js';
import type { Weakness } from './weaknesses.js';

/** One static finding of a build. */
export interface Finding {
  /** Stable over the builds of an application. */
  readonly issueId: number;
  readonly weakness: Weakness;
  readonly severity: Severity;
  readonly moduleName: string;
  readonly type: string;
  readonly description: string;
  /** Folder with a slash at its end, or empty. */
  readonly sourceFolder: string;
  readonly sourceFile: string;
  readonly line: number;
  readonly functionPrototype: string;
  readonly exploitability: number;
  readonly remediationStatus?: FindingSpec['remediationStatus'];
  readonly firstFoundDaysAgo?: number | undefined;
  readonly mitigation?: FindingSpec['mitigation'];
}

/** Findings of one weakness and severity. */
export interface FindingGroup {
  readonly weakness: Weakness;
  readonly severity: Severity;
  readonly count: number;
  findings(): Iterable<Finding>;
}

/** The findings of a build, however many: read in order, never held as a whole. */
export interface FindingSource {
  readonly count: number;
  /** Most severe first, then by category and CWE, as reports show them. */
  readonly groups: readonly FindingGroup[];
  find(issueId: number): Finding | undefined;
}

/** Every finding of a source in the order of a report. */
export function* allFindings(source: FindingSource): Generator<Finding> {
  for (const group of source.groups) {
    yield* group.findings();
  }
}

/** The order of groups in reports. */
export function compareGroups(left: FindingGroup, right: FindingGroup): number {
  return (
    right.severity - left.severity ||
    left.weakness.category.id - right.weakness.category.id ||
    left.weakness.cwe - right.weakness.cwe
  );
}
