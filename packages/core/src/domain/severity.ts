/** 0 Informational … 5 Very High. @public */
export type Severity = 0 | 1 | 2 | 3 | 4 | 5;

const NAMES = ['Informational', 'Very Low', 'Low', 'Medium', 'High', 'Very High'] as const;

/** Every severity, highest first. @public */
export const SEVERITIES: readonly Severity[] = [5, 4, 3, 2, 1, 0];

/** The platform's name of a severity. @public */
export function severityName(severity: Severity): string {
  return NAMES[severity];
}

/** True for the integers 0–5. @public */
export function isSeverity(value: number): value is Severity {
  return Number.isInteger(value) && value >= 0 && value <= 5;
}
