import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';

import { ValidationError } from '@verapipe/core';

import { systemCode } from './local-trouble.js';

/** People write and review these files; anything larger is another file. */
const MAX_BYTES = 4 * 1024 * 1024;

/** The text of a file that takes part in the judgement, and the checksum of its bytes. */
export interface JudgedFile {
  readonly text: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/**
 * Reads a file that decides about verdicts: what was read is what the checksum stands for.
 *
 * @param option - key of the option that names it, for the fault
 * @param shown - its path, for the fault
 * @throws ValidationError when it is absent, unreadable, too large or no UTF-8
 */
export async function readJudgedFile(path: string, { option, shown }: { readonly option: string; readonly shown: string }): Promise<JudgedFile> {
  const unusable = (why: string): ValidationError => new ValidationError([{ path: option, got: `${shown}, which ${why}`, wanted: 'a file of YAML or JSON' }]);
  try {
    const stats = await stat(path);
    if (!stats.isFile() || stats.size > MAX_BYTES) throw unusable('is no file of this kind');
    const bytes = await readFile(path);
    return { text: decode(bytes) ?? fail(unusable('is not encoded in UTF-8')), sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    if (error instanceof ValidationError) throw error;
    const code = systemCode(error);
    throw unusable(code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist' : `cannot be read (${code})`);
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function fail(error: Error): never {
  throw error;
}
