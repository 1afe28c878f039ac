import type { Severity } from '@verapipe/core';

const NAMES: Readonly<Record<Severity, string>> = {
  5: 'Very High',
  4: 'High',
  3: 'Medium',
  2: 'Low',
  1: 'Very Low',
  0: 'Informational',
};

/** Worst first; reports know the types of core, not its code. */
export const SEVERITIES: readonly Severity[] = [5, 4, 3, 2, 1, 0];

/** The platform's name of a severity. */
export function severityName(severity: Severity): string {
  return NAMES[severity];
}
