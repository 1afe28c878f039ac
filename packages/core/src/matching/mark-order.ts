import type { FindingMark } from './finding-mark.js';

/**
 * Orders marks for people, worst first, and the same way whatever order they came in: only marks that differ in nothing
 * are equal.
 */
export function compareMarks(a: FindingMark, b: FindingMark): number {
  return b.severity - a.severity || compareTexts(a.file, b.file) || comparePositions(a, b);
}

/** Orders marks of one place by line; ties are broken by everything else that is known. */
export function comparePositions(a: FindingMark, b: FindingMark): number {
  return (
    (a.line ?? 0) - (b.line ?? 0) ||
    compareTexts(a.function, b.function) ||
    (a.cwe ?? 0) - (b.cwe ?? 0) ||
    compareTexts(a.kind, b.kind) ||
    compareTexts(a.file, b.file) ||
    compareTexts(a.module, b.module) ||
    compareTexts(a.title, b.title) ||
    compareTexts(a.flawKey, b.flawKey) ||
    compareTexts(a.id, b.id) ||
    a.severity - b.severity ||
    compareTexts(a.place, b.place)
  );
}

/** By code units: a locale would order them differently on another machine. */
function compareTexts(a: string | null, b: string | null): number {
  const [left, right] = [a ?? '', b ?? ''];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
