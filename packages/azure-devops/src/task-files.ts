import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { AddedSetting } from '@verapipe/ci-kit';
import { LocalError } from '@verapipe/core';
import type { ReportFormatId } from '@verapipe/reports';

/** Reports that Azure shows, in the folder that becomes the artifact. */
export interface TaskFiles {
  readonly folder: string;
  /** By format, absolute. */
  readonly reports: Readonly<Record<ShownFormat, string>>;
  /** The results without findings, for the tab; not in the artifact. */
  readonly summary: string;
  /** The settings that have the reports written. */
  readonly settings: readonly AddedSetting[];
}

/** Formats of the reports that every scan has. */
export type ShownFormat = Extract<ReportFormatId, 'sarif' | 'html' | 'junit' | 'markdown'>;

const NAMES: Readonly<Record<ShownFormat, string>> = { sarif: 'veracode.sarif', html: 'veracode.html', junit: 'veracode-junit.xml', markdown: 'veracode.md' };

/** Makes the folder in the agent's temporary one, which is emptied after the job: whatever lies in it is of this task. */
export async function createTaskFiles(temporaryFolder: string): Promise<TaskFiles> {
  const place = await mkdtemp(join(temporaryFolder, 'verapipe-')).catch((cause: unknown) => {
    throw new LocalError(`No folder for the reports could be made in ${temporaryFolder}.`, { code: 'not-writable', cause, advice: 'Check the temporary folder of the agent (Agent.TempDirectory), and its disk.' });
  });
  const folder = join(place, 'veracode');
  await mkdir(folder);
  const reports = Object.fromEntries(Object.entries(NAMES).map(([format, name]) => [format, join(folder, name)])) as Record<ShownFormat, string>;
  return { folder, reports, summary: join(place, 'summary.json'), settings: Object.entries(reports).map(([format, path]) => ({ name: 'report', value: `${format}=${path}` })) };
}

/** Copies files of the run beside the reports, and writes the summary. @returns the copy of a file that was copied */
export async function completeTaskFiles({ folder, summary }: TaskFiles, { copies, summaryText }: { readonly copies: readonly (string | null)[]; readonly summaryText: string | null }): Promise<(path: string) => string> {
  const copyOf = (path: string): string => join(folder, basename(path));
  for (const path of copies) if (path !== null) await copyFile(path, copyOf(path));
  if (summaryText !== null) await writeFile(summary, summaryText);
  return copyOf;
}
