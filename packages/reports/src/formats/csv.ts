import type { JudgedFinding } from '@verapipe/core';

import type { ReportFormat } from '../report.js';
import { severityName } from '../severity-name.js';
import { withoutDeceit } from '../visible-text.js';

/** A column, and what stands in it. */
type Column = readonly [name: string, value: (finding: JudgedFinding) => string | number | boolean | null];

const COLUMNS: readonly Column[] = [
  ['id', ({ id }) => id],
  ['kind', ({ kind }) => kind],
  ['severity', ({ severity }) => severity],
  ['severity_name', ({ severity }) => severityName(severity)],
  ['cwe', ({ cwe }) => cwe],
  ['cwe_name', ({ cweName }) => cweName],
  ['category', ({ category }) => category],
  ['status', ({ status }) => status],
  ['standing', ({ standing }) => standing],
  ['affects_policy', ({ affectsPolicy }) => affectsPolicy],
  ['module', ({ location }) => location.module],
  ['file', ({ location }) => location.file],
  ['repository_path', ({ location }) => location.repositoryPath],
  ['line', ({ location }) => location.line],
  ['function', ({ location }) => location.function],
  ['url', ({ location }) => location.url],
  ['parameter', ({ location }) => location.parameter],
  ['component', ({ component }) => component?.fileName ?? null],
  ['component_version', ({ component }) => component?.version ?? null],
  ['vulnerability', ({ component }) => component?.vulnerabilityId ?? null],
  ['cvss', ({ component }) => component?.cvss ?? null],
  ['licences', ({ component }) => component?.licences.map(({ name, risk }) => (risk === null ? name : `${name} (risk ${String(risk)})`)).join('; ') ?? null],
  ['mitigation', ({ mitigation }) => mitigation.state],
  ['mitigation_reason', ({ mitigation }) => mitigation.reason],
  ['mitigation_approver', ({ mitigation }) => mitigation.approver],
  ['waiver_reason', ({ waiver }) => waiver?.reason ?? null],
  ['waiver_owner', ({ waiver }) => waiver?.owner ?? null],
  ['waiver_expires', ({ waiver }) => waiver?.expires ?? null],
  ['first_found_at', ({ firstFoundAt }) => firstFoundAt],
  ['grace_period_expires_at', ({ gracePeriodExpiresAt }) => gracePeriodExpiresAt],
  ['exploitability', ({ exploitability }) => exploitability],
  ['remediation_effort', ({ remediationEffort }) => remediationEffort],
  ['description', ({ description }) => description],
];

/**
 * What makes a spreadsheet take a text for a formula, also in the full width that East Asian ones read alike.
 *
 * @see owasp.org "CSV Injection"
 */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/u;
/** Some spreadsheets separate cells at semicolons and tabs: in quotes these do nothing. */
const QUOTED = /[",;\t\r\n]/u;

/** RFC 4180, UTF-8, a header, one line for each finding; no text can act as a formula. @see RFC 4180 */
export const csv: ReportFormat = {
  tellsFailure: false,
  tellsIncomplete: false,
  async *render({ findings }) {
    yield lineOf(COLUMNS.map(([name]) => name));
    for await (const finding of findings) yield lineOf(COLUMNS.map(([, value]) => cellOf(value(finding))));
  },
};

function lineOf(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}

function cellOf(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const visible = withoutDeceit(value);
  const text = FORMULA.test(visible) ? `'${visible}` : visible;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
