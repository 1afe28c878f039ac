import { link, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { isOneOf, thoseAmong } from './same-file.js';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'verapipe-same-')));
  await mkdir(join(folder, 'real'));
  await writeFile(join(folder, 'real', 'a.txt'), 'a');
  await symlink(join(folder, 'real'), join(folder, 'linked'), 'junction');
});
afterEach(() => rm(folder, { recursive: true }));

const at = (...names: readonly string[]): string => join(folder, ...names);

describe('isOneOf', () => {
  it.each<[name: string, path: readonly string[], other: readonly string[], wanted: boolean]>([
    ['the same path', ['real', 'a.txt'], ['real', 'a.txt'], true],
    ['another file', ['real', 'a.txt'], ['real', 'b.txt'], false],
    ['a file behind a linked folder', ['linked', 'a.txt'], ['real', 'a.txt'], true],
    ['what is not there yet, behind a linked folder', ['linked', 'new', 'b.txt'], ['real', 'new', 'b.txt'], true],
    ['what is not there, in another folder', ['b.txt'], ['real', 'b.txt'], false],
  ])('%s', async (_name, path, other, wanted) => {
    expect(await isOneOf(at(...path), [at('other.txt'), at(...other)])).toBe(wanted);
  });

  it('knows a file that has its name in another case, where the system takes both for one', async () => {
    // On a system that knows case, a hard link is what comes nearest to one that does not.
    await link(at('real', 'a.txt'), at('real', 'A.TXT')).catch(() => undefined);
    expect(await isOneOf(at('real', 'A.TXT'), [at('real', 'a.txt')])).toBe(true);
  });
});

describe('thoseAmong', () => {
  it('keeps order and spelling', async () => {
    const paths = [at('linked', 'a.txt'), at('x'), at('real', 'a.txt')];
    expect(await thoseAmong(paths, [at('real', 'a.txt')])).toEqual([paths[0], paths[2]]);
  });
});
