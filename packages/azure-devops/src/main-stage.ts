// Puts together what the extension holds, in `dist/extension`: the last part of the build.
import { join } from 'node:path';

import { VERSION } from '@verapipe/core';

import { RELEASE } from './manifest/variant.js';
import { PACKAGE_FOLDER } from './pack/package-folder.js';
import { stageExtension } from './pack/stage-extension.js';

await stageExtension(join(PACKAGE_FOLDER, 'dist', 'extension'), { variant: RELEASE, version: VERSION, isPublic: false, source: PACKAGE_FOLDER });
