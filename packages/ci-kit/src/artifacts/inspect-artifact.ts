import { type BigIntStats, constants } from 'node:fs';
import { lstat, open, realpath, stat } from 'node:fs/promises';

import { type ArtifactCandidate, fingerprintOf } from '@verapipe/core';

import type { FoundFile } from './find-artifacts.js';
import { isInside } from './is-inside.js';

/** Inspection of one file. */
export interface Inspection {
  /** Name on the platform. */
  readonly name: string;
  /** Links may also lead anywhere below this folder: absolute, links resolved. */
  readonly workspace: string;
}

/**
 * Looks at a file without reading it: is it a file, may it be read, how large is it, what tells that it changed. What
 * is wrong is told as the candidate's problem; nothing throws.
 */
export async function inspectArtifact(file: FoundFile, { name, workspace }: Inspection): Promise<ArtifactCandidate> {
  const { path } = file;
  const candidate = (stats: BigIntStats | null, problem: ArtifactCandidate['problem']): ArtifactCandidate => ({
    path,
    name,
    sizeBytes: stats === null ? 0 : Number(stats.size),
    fingerprint: stats === null ? { modifiedMs: 0, inode: '0' } : fingerprintOf(stats),
    problem,
  });
  try {
    const stats = await stat(path, { bigint: true });
    const outside = await leavesTree(file, workspace);
    if (outside !== null) {
      return candidate(stats, { got: `a symbolic link to ${outside}`, wanted: 'a file inside the working folder; name that file itself if it is meant' });
    }
    if (stats.isDirectory()) return candidate(stats, { got: 'a folder', wanted: `a file; for its files write "${path.replaceAll('\\', '/')}/**/*"` });
    if (!stats.isFile()) return candidate(stats, { got: 'neither file nor folder', wanted: 'a regular file' });
    await proveReadable(path);
    return candidate(stats, null);
  } catch (error) {
    return candidate(null, await problemOf(error, path));
  }
}

/** Where a link leads to that leaves both the folder it was found in and the workspace; null for everything else. */
async function leavesTree({ path, tree }: FoundFile, workspace: string): Promise<string | null> {
  const target = await realpath(path);
  return isInside(target, tree) || isInside(target, workspace) ? null : target;
}

/** Rights are proven by use: modes say little to an administrator, and less on Windows. */
async function proveReadable(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    await handle.read(Buffer.alloc(1), 0, 1, 0);
  } finally {
    await handle.close();
  }
}

async function problemOf(error: unknown, path: string): Promise<NonNullable<ArtifactCandidate['problem']>> {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
  switch (code) {
    case 'ENOENT':
      return (await isLink(path))
        ? { got: 'a symbolic link that leads nowhere', wanted: 'an existing file' }
        : { got: 'a file that disappeared', wanted: 'an existing file' };
    case 'ELOOP':
      return { got: 'a symbolic link that leads to itself', wanted: 'an existing file' };
    case 'EACCES':
    case 'EPERM':
      return { got: `a file that this user may not read (${code})`, wanted: 'a readable file' };
    default:
      return { got: `a file that cannot be read (${code})`, wanted: 'a readable file' };
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
