import { DEFAULT_JUDGEMENT, type Judgement, type Waiver } from '@verapipe/core';
import type { BaselineFacts, FileFacts } from '@verapipe/reports';

import type { FindingsFile } from '../findings-files/findings-file.js';

/** How one run is judged: what its options say, held to the organisation's floor, with the files that took part. */
export interface Judging {
  readonly judgement: Judgement;
  readonly waivers: readonly Waiver[];
  readonly waiverFile: FileFacts | null;
  readonly orgPolicy: FileFacts | null;
  /** A file of known findings; null without one. */
  readonly baseline: Baseline | null;
  /** A scan of the platform instead, which is looked up when it is needed; null without one. */
  readonly baselineScan: BaselineScan | null;
  /** Null: no outage is tolerated. */
  readonly outage: OutageTerms | null;
}

/** The findings that are taken for known. */
export interface Baseline {
  readonly file: FindingsFile;
  readonly facts: Omit<BaselineFacts, 'known' | 'knownBy' | 'goneBySeverity'>;
}

/** Which scans of an application the newest one is taken from. */
export interface BaselineScan {
  /** Name of a sandbox; null are the policy scans. */
  readonly sandbox: string | null;
}

/** What a run compares its findings with: nothing known, where a baseline was asked for and there is none yet; null: not at all. */
export type Comparison = Baseline | 'nothing-known' | null;

/** For how long an outage is tolerated, and who answers for it. */
export interface OutageTerms {
  /** After the first failure. */
  readonly days: number;
  readonly owner: string;
  readonly reason: string;
  /** Milliseconds since 1970; null: the first failure is known from earlier runs. */
  readonly sinceMs: number | null;
}

/** The strictest there is: holds until the options are read, and where they are faulty. */
export const UNREAD_JUDGING: Judging = { judgement: DEFAULT_JUDGEMENT, waivers: [], waiverFile: null, orgPolicy: null, baseline: null, baselineScan: null, outage: null };
