import type { Told } from './oracle-findings.js';
import type { SaidByGate } from './said.js';

/** A finding as its source tells it, and why it does not count. */
export interface JudgedTold extends Told {
  readonly excuse: string | null;
}

/** The gates on findings that the table has. */
export type FindingGate = 'any-finding' | 'severity' | 'cwe' | 'cvss' | 'licence-risk' | 'max-findings' | 'age' | 'policy-rules';

type Says = Pick<SaidByGate, 'outcome' | 'sentence'>;

const SEVERITY_NAMES = ['Informational', 'Very Low', 'Low', 'Medium', 'High', 'Very High'] as const;

/** Nothing that was decided about a vulnerability is about its licence. */
const EXCUSES_OF_LICENCES: readonly (string | null)[] = ['fixed', 'waived', 'in the baseline'];

/** What each gate says about the findings of a row, of which at most two can be minded. */
export const FINDING_GATES: Readonly<Record<FindingGate, (findings: readonly JudgedTold[]) => Says>> = {
  'any-finding': (findings) =>
    sayOf(findings, ({ severity }) => severity >= 1, (open) => `open with severity Very Low or above${listed(open.map(({ severity }) => `1 ${SEVERITY_NAMES[severity]}`))}`),
  severity: (findings) =>
    sayOf(findings, ({ severity }) => severity >= 4, (open) => `open with severity High or above${listed(open.map(({ severity }) => `1 ${SEVERITY_NAMES[severity]}`))}`),
  cwe: (findings) => sayOf(findings, ({ cwe }) => cwe === 89, (open) => `open with CWE 89${listed(open.map(() => '1 CWE 89'))}`),
  cvss: (findings) =>
    sayOf(componentsOf(findings), ({ cvss }) => cvss >= 9, (open) => `open with a CVSS score of 9.0 or above${listed(open.map(({ cvss }) => `highest ${cvss.toFixed(1)}`))}`, 'SCA findings'),
  'licence-risk': (findings) => {
    const harmful = componentsOf(findings).map((finding) => ({ ...finding, excuse: EXCUSES_OF_LICENCES.includes(finding.excuse) ? finding.excuse : null }));
    return sayOf(harmful, ({ licenceRisk }) => licenceRisk >= 4, (open) => `of a component with licence risk High or above${listed(open.map(() => '1 High'))}`, 'SCA findings');
  },
  'max-findings': (findings) => {
    const high = findings.filter(({ severity }) => severity === 4);
    const isOver = high.some(({ excuse }) => excuse === null);
    const sentence = `Open findings against their budgets: ${isOver ? '1 High of at most 0; 1 too many' : '0 High of at most 0'}${notCounted(high)}.`;
    return { outcome: isOver ? 'fail' : 'pass', sentence };
  },
  age: (findings) =>
    // Without a date nobody has shown that it is younger.
    sayOf(findings, ({ ageDays }) => ageDays === null || ageDays > 30, (open) => {
      const undated = open.filter(({ ageDays }) => ageDays === null).length;
      const dated = open.flatMap(({ ageDays }) => (ageDays === null ? [] : [`oldest ${ageDays} days`]));
      return `open and older than 30 days${listed(undated === 0 ? dated : [`${undated} without a date`])}`;
    }),
  'policy-rules': (findings) => sayOf(findings, ({ severity }) => severity >= 4, (open) => `open against policy "P" (severity High or above: ${open.length})`),
};

/** `None of 2 findings is …; not counted: 1 waived.` */
function sayOf(among: readonly JudgedTold[], minds: (finding: Told) => boolean, says: (open: readonly Told[]) => string, noun = 'findings'): Says {
  const minded = among.filter(minds);
  const open = minded.filter(({ excuse }) => excuse === null);
  const subject = open.length === 0 ? `None of ${among.length} ${noun} is` : `${open.length} of ${among.length} ${noun} ${open.length === 1 ? 'is' : 'are'}`;
  return { outcome: open.length === 0 ? 'pass' : 'fail', sentence: `${subject} ${says(open)}${notCounted(minded)}.` };
}

function componentsOf(findings: readonly JudgedTold[]): readonly JudgedTold[] {
  return findings.filter(({ kind }) => kind === 'sca');
}

/** At most the one that a row is about is excused. */
function notCounted(minded: readonly JudgedTold[]): string {
  const excuses = minded.flatMap(({ excuse }) => excuse ?? []);
  return excuses.length === 0 ? '' : `; not counted: ${excuses.map((excuse) => `1 ${excuse}`).join(', ')}`;
}

function listed(parts: readonly string[]): string {
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
