import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { onDisk } from './local-trouble.js';
import { outputFiles, prepareOutput } from './output-folder.js';
import { writeFileAtomically } from './write-file-atomically.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verapipe-files-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('writeFileAtomically', () => {
  it('writes all pieces, in order, and replaces what was there', async () => {
    const path = join(folder, 'out.json');
    await writeFile(path, 'old and longer than before');
    const pieces = Array.from({ length: 3000 }, (_, index) => `${index} naïve 数据\n`);
    await writeFileAtomically(path, pieces);
    expect(await readFile(path, 'utf8')).toBe(pieces.join(''));
    expect(await readdir(folder)).toEqual(['out.json']);
  });

  it('leaves the old file alone, and nothing beside it, when the text fails half way', async () => {
    const path = join(folder, 'out.json');
    await writeFile(path, 'old');
    async function* failing(): AsyncGenerator<string> {
      yield 'x'.repeat(200_000);
      throw new Error('The source is broken.');
    }
    await expect(writeFileAtomically(path, failing())).rejects.toThrow('The source is broken.');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['out.json']);
  });

  it('says which file could not be written', async () => {
    const path = join(folder, 'absent', 'out.json');
    await expect(writeFileAtomically(path, ['x'])).rejects.toMatchObject({ name: 'LocalError', code: 'not-writable', message: expect.stringContaining(path) });
  });
});

describe('onDisk', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EFBIG', 'disk-full'],
    ['EROFS', 'not-writable'],
    ['EACCES', 'not-writable'],
  ])('tells %s as %s', async (code, wanted) => {
    const failing = (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { code }));
    await expect(onDisk('/out/x.json', failing)).rejects.toMatchObject({ name: 'LocalError', code: wanted, message: expect.stringContaining(code) });
  });
});

describe('prepareOutput', () => {
  it('makes the folders, leaves no trace of its test, and removes an old verdict but not the state', async () => {
    const files = outputFiles(folder, { outputDir: 'out', state: null, scan: 'platform' });
    await mkdir(join(folder, 'out', '.verapipe'), { recursive: true });
    for (const file of [files.results, files.report, files.state]) await writeFile(file, 'old');
    await prepareOutput(files);
    expect(await readdir(files.folder, { recursive: true })).toEqual(['.verapipe', join('.verapipe', 'scan.json')]);
  });

  it.each([
    ['the output folder is a file', 'file/out', null],
    ['the folder of the state is a file', 'out', 'file/state.json'],
  ])('finds out that %s', async (_name, outputDir, state) => {
    await writeFile(join(folder, 'file'), 'x');
    await expect(prepareOutput(outputFiles(folder, { outputDir, state, scan: 'platform' }))).rejects.toMatchObject({ name: 'LocalError', code: 'not-writable' });
  });

  it('finds out that the results file is a folder', async () => {
    const files = outputFiles(folder, { outputDir: '.', state: null, scan: 'platform' });
    await mkdir(files.results);
    await expect(prepareOutput(files)).rejects.toMatchObject({ name: 'LocalError', code: 'not-writable' });
  });
});
