import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { it } from '@jest/globals';

import { packerIn } from '../src/pack/create-vsix.js';
import { PACKAGE } from './task-world.js';

/** Declares tests that pack extensions; without the packer they stand in the list as not run. */
export function withTfx(name: string, declare: (packer: string) => void): void {
  const packer = packerIn(join(PACKAGE, '..', '..', '.tools'));
  if (existsSync(packer)) declare(packer);
  else it.skip(`${name}, not run: no tfx-cli (node scripts/fetch-vendor-tools.mjs fetches it)`, () => undefined);
}
