import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { type Benchmark, type Figure, measured } from '../figure.js';
import { CLI_FOLDER } from '../places.js';
import { runChild } from '../run-child.js';

const PACKAGES_BUDGET = 25;
const BYTES_BUDGET = 12 * 1024 * 1024;

/** What a user gets who installs the packed `verapipe`: packages and bytes, against their budgets. */
export const installedSize: Benchmark = {
  name: 'installed size',
  async run(folder) {
    const packageManager = process.env['npm_execpath'];
    if (packageManager === undefined) {
      return [{ id: 'installed-size', what: 'packages and bytes', notRun: 'start it as `npm run bench`, it needs a package manager' }];
    }
    const node = process.execPath;
    await runChild({ program: node, args: [packageManager, 'pack', '--pack-destination', folder], cwd: CLI_FOLDER });
    const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
    if (archive === undefined) throw new Error(`Packing ${CLI_FOLDER} left no archive.`);
    const install = [packageManager, 'add', '--ignore-scripts', '--ignore-workspace', '--config.node-linker=hoisted'];
    await runChild({ program: node, args: [...install, join(folder, archive)], cwd: folder });
    return figures(await listFiles(join(folder, 'node_modules')));
  },
};

interface InstalledFile {
  readonly path: string;
  readonly sizeBytes: number;
}

async function figures(files: readonly InstalledFile[]): Promise<readonly Figure[]> {
  const manifests = files.filter(({ path }) => basename(path) === 'package.json' && isPackageFolder(dirname(path)));
  const names = await Promise.all(manifests.map(({ path }) => readName(path)));
  const packages = names.filter((name) => name !== undefined).length;
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return [
    measured({ id: 'installed-packages', what: 'packages', peer: 'the budget', ours: packages, theirs: PACKAGES_BUDGET, goal: 1 }),
    measured({ id: 'installed-bytes', what: 'unpacked bytes', peer: 'the budget', ours: bytes, theirs: BYTES_BUDGET, goal: 1 }),
  ];
}

/** `node_modules/name` or `node_modules/@scope/name`: a deeper package.json only marks a folder's module type. */
function isPackageFolder(folder: string): boolean {
  const parent = dirname(folder);
  return basename(parent) === 'node_modules' || (basename(parent).startsWith('@') && basename(dirname(parent)) === 'node_modules');
}

async function readName(manifest: string): Promise<unknown> {
  return (JSON.parse(await readFile(manifest, 'utf8')) as { readonly name?: unknown }).name;
}

async function listFiles(folder: string): Promise<readonly InstalledFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  // The package manager's own notes are not part of what is installed.
  const paths = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path, sizeBytes: (await stat(path)).size })));
}
