import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package; the programs lie in `dist/program`. */
export const PACKAGE_FOLDER = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
