import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { PublishedPackage } from './libraries.js';
import { runPackageManager } from './package-manager.js';

/** A project of somebody else, outside of the workspace, with our archives installed. */
export interface Consumer {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Packs the packages as they would be published, and installs them in an empty folder. */
export async function createConsumer(packages: readonly PublishedPackage[]): Promise<Consumer> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'verapipe-consumer-')));
  const archives = new Map<string, string>();
  for (const { name, folder: packageFolder } of packages) {
    archives.set(name, await pack(packageFolder, join(folder, 'archives', name)));
  }
  await install(folder, archives);
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

async function pack(packageFolder: string, target: string): Promise<string> {
  await mkdir(target, { recursive: true });
  await runPackageManager(['pack', '--pack-destination', target], packageFolder);
  const [archive] = await readdir(target);
  if (archive === undefined) throw new Error(`Packing ${packageFolder} left no archive.`);
  return join(target, archive);
}

/** Our packages name each other by version: until that version is published, the archives stand in for it. */
async function install(folder: string, archives: ReadonlyMap<string, string>): Promise<void> {
  const ours = Object.fromEntries([...archives].map(([name, archive]) => [name, `file:${archive}`]));
  const manifest = { name: 'consumer', private: true, dependencies: { ...ours, '@types/node': '^20.19.0' }, pnpm: { overrides: ours } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await runPackageManager(['install', '--ignore-workspace', '--ignore-scripts', '--prefer-offline', '--no-frozen-lockfile'], folder);
}
