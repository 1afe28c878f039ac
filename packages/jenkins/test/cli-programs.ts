import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { PACKAGE } from './library-files.js';
import { VERSION } from './option-table.js';

/**
 * Programs that take the place of the command line, each in a folder of its own.
 *
 * `probe` tells which variables reached it, and ends with 0. `impatient` is the real one with a scan that runs out of time
 * as soon as it is submitted.
 */
export async function putPrograms(folder: string): Promise<Readonly<Record<'probe' | 'impatient', string>>> {
  const main = join(PACKAGE, 'node_modules', 'verapipe', 'dist', 'main.js');
  const node = JSON.stringify(process.execPath);
  const probe = `#!${process.execPath}
if (process.argv[2] === '--version') console.log(process.env.PROBE_VERSION || '${VERSION}');
else console.log('variables ' + JSON.stringify(Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('VERAPIPE_')))));
`;
  const impatient = `#!/bin/sh
if [ "$1" = scan ]; then ${node} '${main}' scan --no-wait; exit 7; fi
exec ${node} '${main}' "$@"
`;
  const place = async (name: string, text: string): Promise<string> => {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'verapipe'), text);
    await chmod(join(folder, name, 'verapipe'), 0o755);
    return join(folder, name);
  };
  return { probe: await place('probe', probe), impatient: await place('impatient $HOME', impatient) };
}
