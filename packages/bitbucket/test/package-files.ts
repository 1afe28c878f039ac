import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package. */
export const PACKAGE = dirname(dirname(fileURLToPath(import.meta.url)));

/** What a container of the image starts. */
export const MAIN = join(PACKAGE, 'dist', 'main.js');
