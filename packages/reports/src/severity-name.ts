import type { Severity } from '@verapipe/core';

const NAMES: Readonly<Record<Severity, string>> = {
  5: 'Very High',
  4: 'High',
  3: 'Medium',
  2: 'Low',
  1: 'Very Low',
  0: 'Informational',
};

/** The platform's name of a severity; reports know the types of core, not its code. */
export function severityName(severity: Severity): string {
  return NAMES[severity];
}
