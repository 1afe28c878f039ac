import type { JudgedFinding } from '@verapipe/core';

import { visibleText } from './visible-text.js';

/** A drive of Windows: what follows is a path from its root, as behind a leading `/`. */
const DRIVE = /^[A-Za-z]:/u;

/**
 * The path of a file as readers of reports want it: relative to the repository, `/` between segments, without `.` and with
 * `..` followed (what leads out of the repository is left out: nothing outside is meant). Where nobody found the file in the
 * checkout it is the platform's path. Null where there is none. Pure.
 */
export function findingPath({ repositoryPath, file }: Pick<JudgedFinding['location'], 'repositoryPath' | 'file'>): string | null {
  return relativePath(repositoryPath) ?? relativePath(file);
}

/** Any text as such a path; nothing in it hides, or turns it around. Pure. */
export function relativePath(text: string | null): string | null {
  const path: string[] = [];
  for (const segment of visibleText(text ?? '').replace(DRIVE, '').split(/[/\\\n\t]/u)) {
    if (segment === '..') path.pop();
    else if (segment !== '' && segment !== '.') path.push(segment);
  }
  return path.length === 0 ? null : path.join('/');
}

/** A relative path as a relative URI. Pure. @see RFC 3986 */
export function pathUri(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Lines begin at 1; null where the line is not known. Pure. */
export function findingLine(line: number | null): number | null {
  return line !== null && Number.isSafeInteger(line) && line >= 1 ? line : null;
}
