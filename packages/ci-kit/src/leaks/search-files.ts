import { findLeaks } from './find-leaks.js';
import type { Leak } from './leak.js';
import { readTextFile } from './read-text-file.js';

/** Files that are read at once; each may hold eight mebibytes. */
const PARALLEL_READS = 8;

/** What a search came to. */
export interface Search {
  readonly found: readonly { readonly file: string; readonly leak: Leak }[];
  readonly searched: number;
  readonly binary: number;
  /** Files of which only the beginning was read. */
  readonly cut: readonly string[];
  readonly unreadable: readonly { readonly file: string; readonly code: string }[];
}

/**
 * Searches files for credentials; keeps nothing of their texts.
 *
 * @param shown - the path of a file as people and patterns name it, `/` between folders
 */
export async function searchFiles(files: readonly string[], shown: (file: string) => string, signal?: AbortSignal): Promise<Search> {
  const found: { file: string; leak: Leak }[] = [];
  const cut: string[] = [];
  const unreadable: { file: string; code: string }[] = [];
  let searched = 0;
  let binary = 0;
  for (let start = 0; start < files.length; start += PARALLEL_READS) {
    signal?.throwIfAborted();
    const batch = files.slice(start, start + PARALLEL_READS);
    const texts = await Promise.all(batch.map((file) => readTextFile(file)));
    for (const [index, read] of texts.entries()) {
      const file = batch[index] ?? '';
      if (read.kind === 'binary') binary += 1;
      if (read.kind === 'unreadable') unreadable.push({ file, code: read.code });
      if (read.kind !== 'text') continue;
      searched += 1;
      if (read.cut) cut.push(file);
      for (const leak of findLeaks(read.text, shown(file))) found.push({ file, leak });
    }
  }
  return { found, searched, binary, cut, unreadable };
}
