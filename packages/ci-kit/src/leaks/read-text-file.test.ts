import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { readTextFile } from './read-text-file.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verapipe-text-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('readTextFile', () => {
  it.each<[name: string, bytes: Buffer, wanted: object]>([
    ['text', Buffer.from('a\nü'), { kind: 'text', text: 'a\nü', cut: false }],
    ['nothing', Buffer.from(''), { kind: 'text', text: '', cut: false }],
    ['UTF-16 as PowerShell writes it', Buffer.from('\ufeffkey', 'utf16le'), { kind: 'text', text: 'key', cut: false }],
    ['UTF-16 the other way round', Buffer.from('\ufeffkey', 'utf16le').swap16(), { kind: 'text', text: 'key', cut: false }],
    ['half a character of UTF-16', Buffer.concat([Buffer.from('\ufeffk', 'utf16le').swap16(), Buffer.from([0])]), { kind: 'text', text: 'k', cut: false }],
    ['bytes', Buffer.from([80, 75, 3, 4, 0, 0]), { kind: 'binary' }],
    ['more than may be read', Buffer.from('0123456789abcdef'), { kind: 'text', text: '0123456789', cut: true }],
  ])('reads %s', async (_name, bytes, wanted) => {
    const path = join(folder, 'file');
    await writeFile(path, bytes);
    expect(await readTextFile(path, 10)).toEqual(wanted);
  });

  it('takes a folder and what is gone for no file', async () => {
    expect(await readTextFile(folder)).toEqual({ kind: 'no-file' });
    expect(await readTextFile(join(folder, 'gone'))).toEqual({ kind: 'no-file' });
  });
});
