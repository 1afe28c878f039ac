import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, it } from '@jest/globals';

it('was made from the page as it is now (`pnpm page` makes it again)', async () => {
  const build = fileURLToPath(new URL('../../../page/build-page.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [build, '--print']);
  expect(await readFile(new URL('page-assets.ts', import.meta.url), 'utf8')).toBe(stdout);
});
