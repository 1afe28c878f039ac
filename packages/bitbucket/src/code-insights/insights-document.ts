import { readFile, stat } from 'node:fs/promises';

import { EXIT_CODES, type ExitCode } from '@verapipe/ci-kit';

/** The body of one PUT and those of the POSTs, as the format `code-insights` writes them. */
export interface InsightsDocument {
  readonly report: Readonly<Record<string, unknown>>;
  readonly annotations: readonly (readonly unknown[])[];
}

/** Tells one file from the next that is written under its name; null where there is none. */
export async function fileStamp(file: string): Promise<string | null> {
  try {
    const { ino, mtimeMs, size } = await stat(file);
    return [ino, mtimeMs, size].join(' ');
  } catch {
    return null;
  }
}

/**
 * Reads what the run wrote; null where it came to no report.
 *
 * @param before - stamp of the file before the run: what is unchanged is of an earlier one
 */
export async function readInsightsDocument(file: string, before: string | null): Promise<InsightsDocument | null> {
  try {
    if ((await fileStamp(file)) === before) return null;
    const { report, annotations } = JSON.parse(await readFile(file, 'utf8')) as InsightsDocument;
    return typeof report === 'object' && Array.isArray(annotations) ? { report, annotations } : null;
  } catch {
    return null;
  }
}

/** What is said before there is anything to say. */
export function pendingReport(): InsightsDocument['report'] {
  return { title: 'Veracode scan', details: 'The scan is running.', report_type: 'SECURITY', result: 'PENDING', data: [] };
}

/**
 * The report of a run that ended with this code: the one that it wrote, or that there is none. Nothing passes in a step
 * that failed. Pure.
 */
export function finalDocument(written: InsightsDocument | null, exitCode: number): InsightsDocument {
  const meaning = `The step ended with exit code ${exitCode}${exitCode in EXIT_CODES ? `: ${EXIT_CODES[exitCode as ExitCode]}` : ''}.`;
  if (written === null) return { report: { ...pendingReport(), details: `${meaning} It wrote no report.`, result: exitCode === 0 ? 'PENDING' : 'FAILED' }, annotations: [] };
  if (exitCode === 0 || written.report['result'] === 'FAILED') return written;
  return { ...written, report: { ...written.report, result: 'FAILED', details: `${meaning}\n${String(written.report['details'])}`.slice(0, LONGEST_DETAILS) } };
}

/** @see developer.atlassian.com "Reports" (Bitbucket Cloud REST API) */
const LONGEST_DETAILS = 2000;
