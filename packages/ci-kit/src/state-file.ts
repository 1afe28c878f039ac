import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import { parseScanState, type SaveState, type ScanState, ValidationError } from '@verapipe/core';

import { onDisk, systemCode } from './files/local-trouble.js';
import { writeFileAtomically } from './files/write-file-atomically.js';

/** A state is a few kilobytes; anything much larger is another file. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Keeps the states of a run in a file: whole or not at all, flushed to disk before the run goes on.
 *
 * @returns what to hand to the workflow, the last state that was to be saved, and whether the file holds it
 */
export function createStateFile(path: string): { readonly save: SaveState; readonly last: () => ScanState | null; readonly holdsLast: () => boolean } {
  let last: ScanState | null = null;
  let saved: ScanState | null = null;
  return {
    async save(state) {
      last = state;
      await onDisk(path, () => mkdir(dirname(path), { recursive: true }));
      await writeFileAtomically(path, [`${JSON.stringify(state, null, 2)}\n`]);
      saved = state;
    },
    last: () => last,
    holdsLast: () => saved === last,
  };
}

/**
 * Reads a state file.
 *
 * @returns null when there is none
 * @throws ValidationError when it cannot be read, or is none
 */
export async function readStateFile(path: string): Promise<ScanState | null> {
  const text = await readText(path);
  return text === null ? null : parseScanState(parseJson(text));
}

async function readText(path: string): Promise<string | null> {
  try {
    const stats = await stat(path);
    if (!stats.isFile() || stats.size > MAX_BYTES) throw unusable(`${path}, which is no state file`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof ValidationError) throw error;
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw unusable(`${path}, which cannot be read (${code})`);
  }
}

/** Undefined is no state, as `parseScanState` says better than a parser of JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unusable(got: string): ValidationError {
  return new ValidationError([{ path: 'state', got, wanted: 'a state file that verapipe wrote (.verapipe/scan.json)' }], {
    code: 'invalid-state',
  });
}
