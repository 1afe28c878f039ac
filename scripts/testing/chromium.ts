import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { it } from '@jest/globals';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Declares tests that drive a browser; without one they stand in the list as not run. Nothing is downloaded. */
export function withChromium(name: string, declare: (executable: string) => void): void {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const executable = folders.flatMap((folder) => NAMES.map((program) => join(folder, program))).find(existsSync);
  if (executable === undefined) it.skip(`${name}, not run: no Chromium (apt-get install chromium)`, () => undefined);
  else declare(executable);
}
