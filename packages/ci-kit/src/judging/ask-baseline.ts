import type { KnownFindings } from '@verapipe/core';
import type { BaselineFacts } from '@verapipe/reports';

import { type CurrentFindings, knownFindings } from '../baselines/known-findings.js';
import { baselineSentence } from './baseline-sentence.js';
import type { Comparison } from './judging.js';

/** What gates are told of a baseline, and what is written down of it. */
export interface AskedBaseline {
  /** Null: every finding counts. */
  readonly recognised: KnownFindings | null;
  readonly facts: BaselineFacts | null;
  /** How sure the recognised ones are. */
  readonly notices: readonly string[];
  /** What in the baseline contradicts itself. */
  readonly warnings: readonly string[];
}

/** A baseline that is asked for and not there softens nothing: every finding is new, and judged as new ones are. */
const NOTHING_KNOWN: KnownFindings = { isKnown: () => false };

/** Asks the baseline of a run, if it has one, about the findings that are judged. @throws what reading either throws */
export async function askBaseline(baseline: Comparison, current: CurrentFindings): Promise<AskedBaseline> {
  if (baseline === null) return { recognised: null, facts: null, notices: [], warnings: [] };
  if (baseline === 'nothing-known') return { recognised: NOTHING_KNOWN, facts: null, notices: [], warnings: [] };
  const { recognised, known, knownBy, goneBySeverity } = await knownFindings(baseline.file, current);
  return { recognised, facts: { ...baseline.facts, known, knownBy, goneBySeverity }, notices: [baselineSentence(baseline.facts.path, knownBy)], warnings: baseline.file.warnings };
}
