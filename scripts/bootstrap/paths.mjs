import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the scripts fetch or remember for themselves; ignored by git, safe to delete. */
export const TOOLS = join(ROOT, '.tools');
