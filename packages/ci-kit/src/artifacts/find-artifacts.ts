import { lstat, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import type { ValidationIssue } from '@verapipe/core';
import { escapePath, glob, isDynamicPattern } from 'tinyglobby';

/** Where files are looked for, and which. */
export interface ArtifactSearch {
  /** Absolute. */
  readonly cwd: string;
  /** Paths and patterns as the user wrote them. */
  readonly files: readonly string[];
  readonly exclude: readonly string[];
}

/** A file that was named or matched. */
export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  /** The folder that a symbolic link must not lead out of: absolute, links resolved. */
  readonly tree: string;
}

/** What was found, in a stable order, and which patterns are at fault. */
export interface FoundFiles {
  readonly files: readonly FoundFile[];
  readonly issues: readonly ValidationIssue[];
}

/**
 * Finds the files that paths and patterns name.
 *
 * A path that exists is that file, whatever characters it has; everything else is a pattern with one grammar on every
 * system: `*`, `**`, `?`, `[ab]`, `{a,b}` and `/` between folders, hidden names only where the pattern names them. A
 * pattern without any match is a fault. Exclusions hold for both; one without `/` is about file names in any folder.
 */
export async function findArtifacts({ cwd, files, exclude }: ArtifactSearch): Promise<FoundFiles> {
  const found = new Map<string, FoundFile>();
  const issues: ValidationIssue[] = [];
  const ignore = exclude.map((pattern) => (pattern.includes('/') ? pattern : `**/${pattern}`));
  for (const [index, pattern] of files.entries()) {
    const matches = (await exists(resolve(cwd, pattern)))
      ? await matchPath(pattern, cwd, ignore)
      : await matchPattern(pattern, cwd, ignore);
    if ('issue' in matches) issues.push({ path: pathOf(index, files.length), got: `"${pattern}", ${matches.issue}`, wanted: wantedFor(pattern) });
    else for (const file of matches.files) found.set(file.path, file);
  }
  const sorted = [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files: sorted, issues };
}

type Matches = { readonly files: readonly FoundFile[] } | { readonly issue: string };

async function matchPath(pattern: string, cwd: string, ignore: readonly string[]): Promise<Matches> {
  const path = resolve(cwd, pattern);
  if (await isExcluded(path, cwd, ignore)) return { issue: 'which is excluded' };
  return { files: [{ path, tree: await realpath(dirname(path)) }] };
}

/** Asked of the matcher itself, so that exclusions have the same grammar as patterns. */
async function isExcluded(path: string, cwd: string, ignore: readonly string[]): Promise<boolean> {
  if (ignore.length === 0) return false;
  const itself = escapePath(process.platform === 'win32' ? path.replaceAll('\\', '/') : path);
  const options = { cwd, dot: true, onlyFiles: false, expandDirectories: false };
  const [all, left] = await Promise.all([glob(itself, options), glob(itself, { ...options, ignore })]);
  return all.length > left.length;
}

async function matchPattern(pattern: string, cwd: string, ignore: readonly string[]): Promise<Matches> {
  if (!isDynamicPattern(pattern)) return { issue: 'which does not exist' };
  const base = resolve(cwd, staticBase(pattern));
  if (!(await exists(base))) return { issue: 'which matches nothing' };
  const matched = await glob(pattern, { cwd, absolute: true, onlyFiles: true, expandDirectories: false, ignore });
  if (matched.length === 0) return { issue: ignore.length === 0 ? 'which matches no file' : 'which matches no file that is not excluded' };
  const tree = await realpath(base);
  return { files: matched.map((path) => ({ path: resolve(path), tree })) };
}

/** The folders that stand before the first character with a meaning. */
function staticBase(pattern: string): string {
  const plain = pattern.slice(0, Math.max(0, pattern.search(/[*?[\]{}()!+@\\]/u)));
  const base = plain.slice(0, plain.lastIndexOf('/') + 1);
  return base === '' ? '.' : base;
}

function wantedFor(pattern: string): string {
  return pattern.includes('\\') ? 'a file, or a pattern with / between folders on every system' : 'a file, or a pattern that matches one';
}

function pathOf(index: number, count: number): string {
  return count === 1 ? 'file' : `file[${index}]`;
}

/** Links that lead nowhere exist as well: naming one is a fault of its own. */
async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
