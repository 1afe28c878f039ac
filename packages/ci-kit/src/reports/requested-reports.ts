import { resolve } from 'node:path';

import { nearestNames, type ValidationIssue } from '@verapipe/core';
import { isReportFormat, REPORT_FORMATS, type ReportFormatId } from '@verapipe/reports';

/** A report that was asked for. */
export interface RequestedReport {
  readonly format: ReportFormatId;
  /** Absolute. */
  readonly path: string;
}

/** What `--report` was given, read. */
export interface RequestedReports {
  readonly reports: readonly RequestedReport[];
  readonly issues: readonly ValidationIssue[];
}

/**
 * Reads the values of `--report`. Pure.
 *
 * @param given - each `FORMAT=PATH`; paths are those of `cwd`
 * @param taken - files that the command writes or reads itself, absolute
 */
export function requestedReports(given: readonly string[], { cwd, taken }: { readonly cwd: string; readonly taken: readonly string[] }): RequestedReports {
  const reports: RequestedReport[] = [];
  const issues: ValidationIssue[] = [];
  const used = new Set(taken);
  for (const value of given) {
    const separator = value.indexOf('=');
    const format = value.slice(0, separator).trim();
    const path = value.slice(separator + 1).trim();
    if (separator < 1 || path === '') issues.push({ path: 'report', got: JSON.stringify(value), wanted: 'FORMAT=PATH, for instance sarif=veracode.sarif' });
    else if (!isReportFormat(format)) issues.push({ path: 'report', got: `the format ${JSON.stringify(format)}`, wanted: wantedFormat(format) });
    else if (used.has(resolve(cwd, path))) issues.push({ path: 'report', got: `${path}, which is written or read already`, wanted: 'a file of its own for each report' });
    else {
      used.add(resolve(cwd, path));
      reports.push({ format, path: resolve(cwd, path) });
    }
  }
  return { reports, issues };
}

function wantedFormat(format: string): string {
  const [near] = nearestNames(format, REPORT_FORMATS, 1);
  return near === undefined ? REPORT_FORMATS.join(', ') : `${near}, or another of ${REPORT_FORMATS.join(', ')}`;
}
