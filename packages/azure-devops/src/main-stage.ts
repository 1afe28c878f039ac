// Puts together what the extension holds, in `dist/extension`: the last part of the build.
import { join } from 'node:path';

import { RELEASE } from './manifest/variant.js';
import { PACKAGE_FOLDER, packageVersion } from './pack/package-folder.js';
import { stageExtension } from './pack/stage-extension.js';

await stageExtension(join(PACKAGE_FOLDER, 'dist', 'extension'), { variant: RELEASE, version: await packageVersion(), source: PACKAGE_FOLDER });
