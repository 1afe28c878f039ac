import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll } from '@jest/globals';

/** A folder for the tests of one file. */
export interface TemporaryFolder {
  /** Absolute. */
  path(...parts: readonly string[]): string;
  /** Writes a file. @returns its path */
  write(name: string, content: string | Uint8Array): Promise<string>;
}

/** Makes a folder before all tests of a file, and removes it after them. */
export function useTemporaryFolder(): TemporaryFolder {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verapipe-lint-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    path: (...parts) => join(folder, ...parts),
    async write(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
  };
}
