import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { findGitFolder, readDefaultBranch, readRemote } from './git-folder.js';
import { listTrackedFiles, parseIndex } from './tracked-files.js';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'verapipe-index-')));
});
afterEach(() => rm(root, { recursive: true }));

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-c', 'commit.gpgsign=false', '-c', 'init.defaultBranch=trunk'];
  return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

const NAMES = ['a', 'ab', 'abc', 'abcdefgh', 'deep/er/file.txt', 'ünïcode name.txt', `long/${'x'.repeat(200)}`, ...Array.from({ length: 40 }, (_, index) => `many/file-${index}.txt`)];

async function fill(): Promise<void> {
  git('init', '-q');
  for (const name of NAMES) {
    await mkdir(join(root, name, '..'), { recursive: true });
    await writeFile(join(root, name), name);
  }
  git('add', '.');
}

async function tracked(): Promise<readonly string[] | null> {
  const folder = await findGitFolder(root);
  return folder === null ? null : listTrackedFiles(folder);
}

describe('listTrackedFiles', () => {
  it.each(['2', '3', '4'])('reads an index of version %s as git does', async (version) => {
    await fill();
    if (version === '3') {
      await writeFile(join(root, 'intended'), 'x');
      git('add', '--intent-to-add', 'intended');
    }
    git('update-index', '--index-version', version);
    const wanted = git('ls-files', '-z').split('\0').filter((name) => name !== '');
    expect((await readFile(join(root, '.git', 'index'))).readUInt32BE(4)).toBe(Number(version));
    expect(await tracked()).toEqual([...wanted].sort());
    expect(wanted.length).toBeGreaterThanOrEqual(NAMES.length);
  });

  it('leaves out links and submodules', async () => {
    await fill();
    await symlink('a', join(root, 'link'));
    git('add', 'link');
    git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`);
    expect(await tracked()).toEqual([...NAMES].sort());
  });

  it('does not take a split index for a whole one', async () => {
    await fill();
    git('update-index', '--split-index');
    expect(await tracked()).toBeNull();
  });

  it('knows nothing where there is no work tree, no index, or a cut one', async () => {
    expect(await tracked()).toBeNull();
    git('init', '-q');
    expect(await tracked()).toBeNull();
    await fill();
    const index = await readFile(join(root, '.git', 'index'));
    for (const length of [0, 5, 40, 100, 200]) {
      await writeFile(join(root, '.git', 'index'), index.subarray(0, length));
      expect(await tracked()).toBeNull();
    }
    expect(parseIndex(Buffer.concat([Buffer.from('DIRC'), Buffer.from([0, 0, 0, 9]), Buffer.alloc(40)]))).toBeNull();
  });

  it('finds the index of a further work tree', async () => {
    await fill();
    git('commit', '-q', '-m', 'x');
    git('worktree', 'add', '-q', join(root, 'other'), '-b', 'side');
    const folder = await findGitFolder(join(root, 'other', 'deep'));
    expect(folder?.root).toBe(join(root, 'other'));
    expect(folder === null ? null : await listTrackedFiles(folder)).toEqual([...NAMES].sort());
    expect(folder === null ? null : await readDefaultBranch(folder)).toBe('side');
  });
});

describe('a repository tells', () => {
  it('its remote and its default branch', async () => {
    git('init', '-q');
    const folder = await findGitFolder(root);
    if (folder === null) throw new Error('no repository');
    expect([await readRemote(folder), await readDefaultBranch(folder)]).toEqual([null, 'trunk']);
    git('remote', 'add', 'fork', 'https://git.test/other.git');
    git('remote', 'add', 'origin', 'https://git.test/team/shop.git');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    expect([await readRemote(folder), await readDefaultBranch(folder)]).toEqual(['https://git.test/team/shop.git', 'main']);
  });
});
