import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';

import { exportedNames } from './exported-names.js';
import { LIBRARIES } from './libraries.js';

const LISTS = join(dirname(fileURLToPath(import.meta.url)), 'public-names');

/** Set it to write the lists anew, then look at the difference before you commit it. */
const UPDATE = process.env['UPDATE_PUBLIC_NAMES'] === '1';

describe.each(LIBRARIES)('the public names of $name', ({ folder }) => {
  it('are those of the list; after a change: UPDATE_PUBLIC_NAMES=1 pnpm test public-names', async () => {
    const list = join(LISTS, `${basename(folder)}.txt`);
    const names = exportedNames(await readFile(join(folder, 'src', 'index.ts'), 'utf8'));
    if (UPDATE) await writeFile(list, `${names.join('\n')}\n`);
    const listed = (await readFile(list, 'utf8')).split(/\r?\n/).filter((line) => line !== '');
    expect(names).toEqual(listed);
  });
});

describe('exportedNames', () => {
  it('marks types and sorts by name', () => {
    const source = "export { b, type A } from './x.js';\nexport type { C } from './y.js';\nexport { a as z } from './z.js';";
    expect(exportedNames(source)).toEqual(['type A', 'type C', 'b', 'z']);
  });

  it('refuses an export that hides its names', () => {
    expect(() => exportedNames("export * from './x.js';")).toThrow('hides');
  });
});
