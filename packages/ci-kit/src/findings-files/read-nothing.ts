import type { ValidationIssue } from '@verapipe/core';

import type { FindingsFile } from './findings-file.js';

/**
 * The fault of a file of a run that read no findings; null for any other file. Nothing read is not the same as nothing
 * there: it would make everything new, or everything gone. Pure.
 *
 * @param option - key of the option, or the path, that the fault is told of
 */
export function readNothing({ path, results }: Pick<FindingsFile, 'path' | 'results'>, option: string): ValidationIssue | null {
  if (results === null || results.counts !== null) return null;
  return { path: option, got: `${option === path ? '' : `${path}: `}results of a run that read no findings (verdict "${results.verdict}")`, wanted: 'results of a judged run' };
}
