import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { searchFolders, whyNotStartable } from './why-not-startable.js';

const NODE = process.execPath;

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'verapipe-startable-')));
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin', 'tool'), '', { mode: 0o755 });
  await writeFile(join(folder, 'bin', 'barred'), '', { mode: 0o644 });
});
afterEach(() => rm(folder, { recursive: true }));

async function whyNot(name: string, text: string | null, platform: NodeJS.Platform = 'linux'): Promise<string | null> {
  const path = join(folder, name);
  if (text !== null) {
    await writeFile(path, text);
    await chmod(path, 0o755);
  }
  return whyNotStartable(path, { env: { PATH: ['/opt/none', join(folder, 'bin')].join(':') }, cwd: folder, platform });
}

const onPosix = process.platform === 'win32' ? describe.skip : describe;

onPosix('whyNotStartable (not run on Windows: it knows no first lines)', () => {
  it.each<[name: string, text: string]>([
    ['a program', 'ELF'],
    ['an empty file', ''],
    ['a script', `#!${NODE}\n`],
    ['a script with blanks and an option', `#! \t${NODE} --no-warnings\n`],
    ['a script without an end of its line', `#!${NODE}`],
    ['a script that env starts', '#!/usr/bin/env tool\n'],
    ['a script that env starts with words', '#!/usr/bin/env -S tool --flag\n'],
    ['a script that env starts by a path', '#!/usr/bin/env ./bin/tool\n'],
    ['options of env, which are not judged', '#!/usr/bin/env -i none\n'],
    ['variables of env, which are not judged', '#!/usr/bin/env -S A=b none\n'],
    ['an interpreter of the working folder', '#!bin/tool\n'],
  ])('has nothing against %s', async (_name, text) => {
    await expect(whyNot('store', text)).resolves.toBeNull();
  });

  it.each<[name: string, text: string, why: string]>([
    ['an interpreter that is not there', '#!/opt/none/sh -e\n', 'wants "/opt/none/sh" in its first line, which is not there'],
    ['an interpreter with the end of a line of Windows', `#!${NODE}\r\n`, `wants ${JSON.stringify(`${NODE}\r`)} in its first line, which is not there`],
    ['an interpreter that is a folder', '#!/\n', 'wants "/" in its first line, which is no file'],
    ['an interpreter that may not be run', '#!bin/barred\n', 'wants "bin/barred" in its first line, which may not be run by this account'],
    ['a program that env does not find', '#!/usr/bin/env none\n', 'wants "none" in its first line, which is not in the search path'],
    ['one that env finds and may not run', '#!/usr/bin/env barred\n', 'wants "barred" in its first line, which is not in the search path'],
    ['one with the end of a line of Windows', '#!/usr/bin/env tool\r\n', 'wants "tool\\r" in its first line, which is not in the search path'],
  ])('is told of %s', async (_name, text, why) => {
    await expect(whyNot('store', text)).resolves.toBe(why);
  });

  it('is told of what is not there, of a folder, and of a missing right', async () => {
    await expect(whyNot('none', null)).resolves.toBe('is not there');
    await expect(whyNot('bin', null)).resolves.toBe('is no file');
    await expect(whyNot(join('bin', 'barred'), null)).resolves.toBe('may not be run by this account');
  });
});

describe('whyNotStartable on Windows', () => {
  it.each<[name: string, text: string, why: string | null]>([
    ['store.exe', 'MZ', null],
    ['store.cmd', 'more', 'is a script, which Windows starts by its shell only'],
    ['store.BAT', 'more', 'is a script, which Windows starts by its shell only'],
    ['store.ps1', '$input', 'is a script, which Windows starts by its shell only'],
    ['store', '#!/bin/sh\n', 'is a script, which Windows starts by its shell only'],
  ])('%s', async (name, text, why) => {
    await expect(whyNot(name, text, 'win32')).resolves.toBe(why);
  });

  it('reads the search path whatever its case', () => {
    expect(searchFolders({ env: { Path: String.raw`C:\tools;;D:\more` }, platform: 'win32' })).toEqual([String.raw`C:\tools`, String.raw`D:\more`]);
    expect(searchFolders({ env: { Path: '/bin' }, platform: 'linux' })).toEqual([]);
  });
});
