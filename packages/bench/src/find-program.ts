import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The file that a program's name stands for on the PATH, or null. */
export function findProgram(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const files = folders.flatMap((folder) => ['', '.exe'].map((suffix) => join(folder, name + suffix)));
  return files.find((file) => existsSync(file)) ?? null;
}
