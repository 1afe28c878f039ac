import type { FindingMark, FindingMatch, MatchConfidence } from '@verapipe/core';

import type { BaselineComparison, ComparedFile } from './baseline-comparison.js';
import { printable } from './printable.js';
import { severityName } from './severity-name.js';

/** How much of a comparison people are shown. @public */
export interface BaselineTextOptions {
  /** Findings of each list. @defaultValue 50 */
  readonly limit?: number;
}

const CONFIDENCES: readonly MatchConfidence[] = ['exact', 'id', 'near'];
const DEFAULT_LIMIT = 50;

/**
 * Renders a comparison with a baseline for people: the counts in one line, then new, gone and known findings, the known
 * ones with how they were recognised; every line ended. Text of findings is made harmless. Pure.
 *
 * @public
 */
export function renderBaselineComparison(comparison: BaselineComparison, { limit = DEFAULT_LIMIT }: BaselineTextOptions = {}): string {
  const { baseline, current, known, added, gone, warnings } = comparison;
  const lines = [
    `Baseline: ${fileLine(baseline)}`,
    `Compared: ${fileLine(current)}`,
    ...warnings.map((warning) => `Warning: ${printable(warning)}`),
    `${added.length} new, ${known.length} known${confidenceWords(known)}, ${gone.length} gone.`,
    ...section('New', added.map(markLine), limit),
    ...section('Gone', gone.map(markLine), limit),
    ...section('Known', known.map(matchLine), limit),
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * Renders a comparison with a baseline as one JSON object, the last line ended: `baseline`, `current`, `counts`, and the
 * lists `new`, `known` (with `confidence`) and `gone`. Pure: equal inputs give equal bytes.
 *
 * @public
 */
export function renderBaselineComparisonJson({ baseline, current, idsAreShared, known, added, gone, warnings }: BaselineComparison): string {
  const document = {
    schemaVersion: 1,
    baseline,
    current,
    idsAreShared,
    counts: { new: added.length, known: known.length, gone: gone.length, knownBy: countsByConfidence(known) },
    warnings,
    new: added.map(markFacts),
    gone: gone.map(markFacts),
    known: known.map(({ confidence, baseline: before, current: now }) => ({ confidence, current: markFacts(now), baseline: markFacts(before) })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function fileLine({ path, scanId, findings, isComplete }: ComparedFile): string {
  const scan = scanId === null ? '' : `scan ${printable(scanId)}, `;
  return `${printable(path)} (${scan}${findings} finding${findings === 1 ? '' : 's'}${isComplete ? '' : ', not complete'})`;
}

function countsByConfidence(known: readonly FindingMatch[]): Readonly<Record<MatchConfidence, number>> {
  const counts = { exact: 0, id: 0, near: 0 };
  for (const { confidence } of known) counts[confidence] += 1;
  return counts;
}

function confidenceWords(known: readonly FindingMatch[]): string {
  const counts = countsByConfidence(known);
  const words = CONFIDENCES.filter((confidence) => counts[confidence] > 0).map((confidence) => `${counts[confidence]} ${confidence}`);
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

function section(title: string, lines: readonly string[], limit: number): readonly string[] {
  if (lines.length === 0) return [];
  const hidden = lines.length - limit;
  return ['', `${title}:`, ...lines.slice(0, limit), ...(hidden > 0 ? [`  … and ${hidden} more`] : [])];
}

function markLine(mark: FindingMark): string {
  const cwe = mark.cwe === null ? '' : `, CWE ${mark.cwe}`;
  const name = mark.function === null ? '' : ` in ${printable(mark.function)}`;
  const title = mark.title === '' ? '' : `: ${printable(mark.title)}`;
  return `  ${severityName(mark.severity)}${cwe}, ${placeOf(mark)}${name}${title} [${printable(mark.id)}]`;
}

function matchLine({ baseline, current, confidence }: FindingMatch): string {
  const [before, now] = [placeOf(baseline), placeOf(current)];
  return `${markLine(current)} (${confidence}${before === now ? '' : `, was ${before}`})`;
}

function placeOf({ file, line, module }: FindingMark): string {
  const place = printable(file ?? module ?? 'no place');
  return line === null ? place : `${place}:${line}`;
}

/** What a reader can use; the keys of the matching stay inside. */
function markFacts({ id, kind, severity, cwe, title, module, file, line, function: name }: FindingMark): Omit<FindingMark, 'place' | 'flawKey'> {
  return { id, kind, severity, cwe, title, module, file, line, function: name };
}
