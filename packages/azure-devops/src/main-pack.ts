// Packs the extension that was built: `pnpm --filter @verapipe/azure-devops run pack:vsix [--dev] [--public]` prints the path of the VSIX.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { VERSION } from '@verapipe/core';

import { DEV, RELEASE } from './manifest/variant.js';
import { createVsix, packerIn } from './pack/create-vsix.js';
import { PACKAGE_FOLDER } from './pack/package-folder.js';
import { stageExtension } from './pack/stage-extension.js';

const variant = process.argv.includes('--dev') ? DEV : RELEASE;
const staged = await mkdtemp(join(tmpdir(), 'verapipe-vsix-'));
const target = join(PACKAGE_FOLDER, 'dist', `${variant.extensionId}-${VERSION}.vsix`);
try {
  await stageExtension(staged, { variant, version: VERSION, isPublic: process.argv.includes('--public'), source: PACKAGE_FOLDER });
  await createVsix(staged, { target, packer: packerIn(join(PACKAGE_FOLDER, '..', '..', '.tools')), schemas: join(PACKAGE_FOLDER, 'schemas') });
  process.stdout.write(`${target}\n`);
} finally {
  await rm(staged, { recursive: true, force: true });
}
