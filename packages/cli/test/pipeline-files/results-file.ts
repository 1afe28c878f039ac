import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `results.json` or `filtered_results.json`. */
export interface ResultsFile extends Readonly<Record<string, unknown>> {
  readonly findings: readonly ResultsFinding[];
}

/** What the tests look at in a finding. */
export interface ResultsFinding extends Readonly<Record<string, unknown>> {
  readonly cwe_id: string;
  readonly severity: number;
  readonly files: { readonly source_file: { readonly file: string; readonly line: number } };
}

/** A recorded file, and its name. */
export interface RecordedFile {
  readonly name: string;
  readonly file: ResultsFile;
}

/** The recorded files of results, filtered results and baselines; the other recordings of pipeline scans have no findings. */
export async function recordedFiles(facts: string): Promise<readonly RecordedFile[]> {
  const folder = join(facts, 'veracode-api', 'samples', 'rest', 'pipeline');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  const files = await Promise.all(names.map(async (name) => ({ name, file: JSON.parse(await readFile(join(folder, name), 'utf8')) as ResultsFile })));
  return files.filter(({ file }) => 'findings' in file);
}

/** Everything of a file but its findings. */
export function headOf({ findings: _, ...head }: ResultsFile): Readonly<Record<string, unknown>> {
  return head;
}
