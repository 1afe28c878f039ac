import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { it } from '@jest/globals';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** Declares tests that read recorded samples, which are no part of the repository; without them they stand in the list as not run. */
export function withFacts(name: string, declare: (samples: string) => void): void {
  const samples = join(process.env['VERAPIPE_FACTS'] ?? join(root, '..', 'shared'), 'veracode-api', 'samples');
  if (existsSync(samples)) {
    declare(samples);
  } else {
    it.skip(`${name}, not run: no folder of recorded samples (VERAPIPE_FACTS)`, () => undefined);
  }
}
