import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { extensionManifest, TASK_FOLDER, type Release } from '../manifest/extension-manifest.js';
import { TASK_PROGRAM, taskManifest } from '../manifest/task-manifest.js';
import type { Variant } from '../manifest/variant.js';
import { TASK_MAJOR, taskVersionOf } from '../manifest/versions.js';

/** What an extension is made from. */
export interface Staging extends Release {
  readonly variant: Variant;
  /** The folder of this package, built. */
  readonly source: string;
}

/** Fills a folder with exactly what the extension holds, as the packer wants it; whatever was in it goes. */
export async function stageExtension(target: string, { variant, version, isPublic, source }: Staging): Promise<void> {
  const taskFolder = join(target, TASK_FOLDER, `${TASK_FOLDER}V${String(TASK_MAJOR)}`);
  await rm(target, { recursive: true, force: true });
  await mkdir(taskFolder, { recursive: true });
  await writeJson(join(target, 'vss-extension.json'), extensionManifest(variant, { version, isPublic }));
  await writeJson(join(taskFolder, 'task.json'), taskManifest(variant, taskVersionOf(version)));
  const copies = [
    [join('dist', 'task', TASK_PROGRAM), join(taskFolder, TASK_PROGRAM)],
    [join('dist', 'task', 'THIRD-PARTY-LICENSES.txt'), join(taskFolder, 'THIRD-PARTY-LICENSES.txt')],
    [join('images', 'task.png'), join(taskFolder, 'icon.png')],
    [join('images', 'icon.png'), join(target, 'images', 'icon.png')],
    [join('tab', 'tab.html'), join(target, 'tab', 'tab.html')],
    [join('tab', 'tab.css'), join(target, 'tab', 'tab.css')],
    [join('dist', 'tab', 'tab.js'), join(target, 'tab', 'tab.js')],
    [join('dist', 'tab', 'THIRD-PARTY-LICENSES.txt'), join(target, 'tab', 'THIRD-PARTY-LICENSES.txt')],
    ['overview.md', join(target, 'overview.md')],
    ['LICENSE', join(target, 'LICENSE.txt')],
  ] as const;
  for (const [from, to] of copies) await cp(join(source, from), to);
}

/** As it is committed, too. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

async function writeJson(path: string, document: unknown): Promise<void> {
  await writeFile(path, jsonText(document));
}
