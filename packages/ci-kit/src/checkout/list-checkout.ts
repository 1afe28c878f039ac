import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

import { systemCode } from '../files/local-trouble.js';

/** The files of a checkout. @public */
export interface CheckoutFiles {
  /** Absolute. */
  readonly root: string;
  /** Names that paths of findings may begin with. */
  readonly rootNames: readonly string[];
  /** Relative to the root, `/` between segments, sorted. */
  readonly files: readonly string[];
  /** What was left out that may matter; sentences for people. */
  readonly warnings: readonly string[];
  /** The same without a word about findings: the ends of sentences, `x could not be read (EACCES)`. */
  readonly leftOut: readonly string[];
}

/** Folders that hold no sources of the repository, whatever it is written in. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  'bower_components',
  '__pycache__',
  '.venv',
  'venv',
  '.tox',
  '.gradle',
  '.m2',
  '.idea',
  '.vs',
  '.terraform',
  '.verapipe',
]);

/** The largest repositories known have about half of it. */
const MOST_FILES = 500_000;
const DEEPEST_FOLDER = 64;
/** Folders that are read at once. */
const PARALLEL_READS = 16;

/**
 * Lists the files of a checkout, to map paths of findings to them.
 *
 * Symbolic links are not followed: what they lead to inside the tree is listed at its own place, and outside of it
 * nothing is ours. Metadata of version control and packages of others are left out; what builds write is not, because
 * such folder names also hold sources: the mapping prefers the latter. A folder that cannot be read is a warning.
 *
 * @param root - the folder of the checkout
 * @public
 */
export async function listCheckout(root: string, limits: { readonly mostFiles?: number } = {}): Promise<CheckoutFiles> {
  const mostFiles = limits.mostFiles ?? MOST_FILES;
  const absolute = resolve(root);
  const files: string[] = [];
  const leftOut: string[] = [];
  let level: readonly string[] = [''];
  for (let depth = 0; level.length > 0 && files.length < mostFiles; depth += 1) {
    if (depth > DEEPEST_FOLDER) {
      leftOut.push(`folders of ${absolute} deeper than ${DEEPEST_FOLDER} levels were not looked at`);
      break;
    }
    const next: string[] = [];
    for (let start = 0; start < level.length && files.length < mostFiles; start += PARALLEL_READS) {
      const contents = await Promise.all(level.slice(start, start + PARALLEL_READS).map((folder) => readFolder(absolute, folder)));
      for (const content of contents) {
        files.push(...content.files);
        next.push(...content.folders);
        if (content.leftOut !== null) leftOut.push(content.leftOut);
      }
    }
    level = next;
  }
  if (files.length >= mostFiles) {
    leftOut.push(`${absolute} has more than ${mostFiles} files, and the others were not looked at`);
    files.length = mostFiles;
  }
  return { root: absolute, rootNames: [basename(absolute)], files: files.sort(), leftOut, warnings: leftOut.map((what) => `${what.charAt(0).toUpperCase()}${what.slice(1)}; paths of findings there are not mapped.`) };
}

interface FolderContent {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly leftOut: string | null;
}

async function readFolder(root: string, folder: string): Promise<FolderContent> {
  let entries: readonly Dirent[];
  try {
    entries = await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    return { files: [], folders: [], leftOut: `${join(root, folder)} could not be read (${systemCode(error)})` };
  }
  const pathOf = ({ name }: Dirent): string => (folder === '' ? name : `${folder}/${name}`);
  return {
    files: entries.filter((entry) => entry.isFile()).map(pathOf),
    folders: entries.filter((entry) => entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)).map(pathOf),
    leftOut: null,
  };
}
