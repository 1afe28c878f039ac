import type { FindingsFile } from './findings-file.js';

/**
 * Why a file does not hold all findings, in a sentence for people; null where it says nothing of others. Pure.
 *
 * @param shown - makes a path as it is shown: where the file lies on this machine is nothing for a report
 */
export function incompletenessOf({ path, isComplete, warnings }: FindingsFile, shown: (path: string) => string): string | null {
  if (isComplete) return null;
  // The first contradiction is the one about the number of findings.
  const [warning] = warnings;
  return warning === undefined ? `${shown(path)} does not hold all findings.` : warning.replaceAll(path, shown(path));
}
