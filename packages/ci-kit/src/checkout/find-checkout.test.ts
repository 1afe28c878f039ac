import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { git, makeCheckout } from '../../test/git-checkout.js';
import { findCheckout } from './find-checkout.js';

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'verapipe-find-')));
});

afterEach(() => rm(folder, { recursive: true }));

async function inside(...path: readonly string[]): Promise<string> {
  const made = join(folder, ...path);
  await mkdir(made, { recursive: true });
  return made;
}

describe('findCheckout', () => {
  it('finds the root from the root and from any folder below', async () => {
    const root = await inside('shop');
    await makeCheckout(root, ['backend/src/A.java']);
    await expect(findCheckout(root, folder)).resolves.toBe(root);
    await expect(findCheckout(join(root, 'backend', 'src'), folder)).resolves.toBe(root);
  });

  it('knows worktrees, whose .git is a file', async () => {
    const root = await inside('shop');
    await makeCheckout(root, ['A.java']);
    await git(root, 'worktree', 'add', '--quiet', '--detach', join(folder, 'second'));
    await expect(findCheckout(join(folder, 'second'), folder)).resolves.toBe(join(folder, 'second'));
  });

  it('finds none where there is none, nor from a folder that is not there', async () => {
    await expect(findCheckout(await inside('plain'), folder)).resolves.toBeNull();
    await expect(findCheckout(join(folder, 'absent', 'deep'), folder)).resolves.toBeNull();
  });

  it('takes a home folder under Git only when it runs in it', async () => {
    const home = await inside('home');
    await makeCheckout(home, ['.profile']);
    await expect(findCheckout(await inside('home', 'work'), home)).resolves.toBeNull();
    await expect(findCheckout(home, home)).resolves.toBe(home);
  });
});
