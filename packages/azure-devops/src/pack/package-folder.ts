import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package; the programs lie in `dist/program`. */
export const PACKAGE_FOLDER = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The version of this package, which is that of all packages. */
export async function packageVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}
