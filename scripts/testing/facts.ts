import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { it } from '@jest/globals';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The folder of recorded samples, which is no part of the repository; null when it is not there. */
function factsFolder(): string | null {
  const folder = process.env['VERAPIPE_FACTS'] ?? join(ROOT, '..', 'shared');
  return existsSync(join(folder, 'veracode-api', 'samples')) ? folder : null;
}

/**
 * Declares tests that read recorded samples; without these the test stands in the list as not run.
 *
 * @param declare - called with the folder
 */
export function withFacts(name: string, declare: (folder: string) => void): void {
  const folder = factsFolder();
  if (folder === null) it.skip(`${name}, not run: no folder of recorded samples (VERAPIPE_FACTS)`, () => undefined);
  else declare(folder);
}
