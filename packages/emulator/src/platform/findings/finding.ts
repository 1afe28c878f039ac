import type { FindingSpec, ManualFindingSpec } from '../../scenarios/finding-schema.js';
import type { Severity } from '../../scenarios/vocabulary.js';
import type { Weakness } from './weaknesses.js';

/** How a finding was found; components are told apart from findings. */
export type Analysis = 'static' | 'dynamic' | 'manual';

/** What only a dynamic analysis knows. */
export interface DynamicFacts {
  readonly url: string;
  readonly parameter: string | undefined;
  readonly plugin: string;
  readonly attackVector: string;
}

/** What only people write down. */
export type ManualFacts = Pick<
  ManualFindingSpec,
  'location' | 'inputVector' | 'cvss' | 'capecId' | 'exploitDifficulty' | 'exploitDescription' | 'severityDescription' | 'remediationDescription'
>;

/** One finding of a build. What its kind of analysis does not know of is empty: findings without source have no file. */
export interface Finding {
  /** Stable over the builds of an application. */
  readonly issueId: number;
  readonly analysis: Analysis;
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
  readonly dynamic?: DynamicFacts;
  readonly manual?: ManualFacts;
}

/** Findings of one analysis, weakness and severity. */
export interface FindingGroup {
  readonly analysis: Analysis;
  readonly weakness: Weakness;
  readonly severity: Severity;
  readonly count: number;
  /** @param skip - how many to leave out at the beginning, at no cost */
  findings(skip?: number): Iterable<Finding>;
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

export const analyses: readonly Analysis[] = ['static', 'dynamic', 'manual'];

/** The order of groups in reports. */
export function compareGroups(left: FindingGroup, right: FindingGroup): number {
  return (
    right.severity - left.severity ||
    left.weakness.category.id - right.weakness.category.id ||
    left.weakness.cwe - right.weakness.cwe ||
    analyses.indexOf(left.analysis) - analyses.indexOf(right.analysis)
  );
}
