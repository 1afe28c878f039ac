import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { findUpwards } from './find-upwards.js';

/** Where git keeps what it knows of a work tree. No program is started: a child would inherit the API key. */
export interface GitFolder {
  /** The top of the work tree. */
  readonly root: string;
  /** Of this work tree: its index, its HEAD. */
  readonly own: string;
  /** Of all work trees of the repository: its settings, its branches. */
  readonly common: string;
}

/** Looks upwards for the work tree that a folder lies in; null where there is none. */
export function findGitFolder(folder: string): Promise<GitFolder | null> {
  return findUpwards(folder, async (root) => {
    const own = await gitFolderOf(root);
    return own === null ? null : { root, own, common: resolve(own, (await readText(join(own, 'commondir')))?.trim() ?? '.') };
  });
}

/** A folder, or in submodules and further work trees a file that names it. @see git-scm.com "gitrepository-layout" */
async function gitFolderOf(root: string): Promise<string | null> {
  const path = join(root, '.git');
  try {
    if ((await stat(path)).isDirectory()) return (await readText(join(path, 'HEAD'))) === null ? null : path;
  } catch {
    return null;
  }
  const named = /^gitdir: (.+?)\s*$/u.exec((await readText(path)) ?? '')?.[1];
  return named === undefined ? null : resolve(root, named);
}

/** The default branch: of the remote, else the current one; null where neither is known. */
export async function readDefaultBranch({ own, common }: GitFolder): Promise<string | null> {
  const ofRemote = branchIn(await readText(join(common, 'refs', 'remotes', 'origin', 'HEAD')), 'refs/remotes/origin/');
  return ofRemote ?? branchIn(await readText(join(own, 'HEAD')), 'refs/heads/');
}

function branchIn(text: string | null, prefix: string): string | null {
  const name = /^ref: (\S+)\s*$/u.exec(text ?? '')?.[1];
  return name?.startsWith(prefix) === true ? name.slice(prefix.length) : null;
}

/** The address of the remote called origin; null where there is none. May hold a password. */
export async function readRemote({ common }: GitFolder): Promise<string | null> {
  const section = /^\s*\[remote "origin"\]\s*\n((?:(?!\s*\[).*\n?)*)/mu.exec((await readText(join(common, 'config'))) ?? '')?.[1] ?? '';
  return /^\s*url\s*=\s*"?(.+?)"?\s*$/mu.exec(section)?.[1] ?? null;
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}
