import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { VERSION } from '@verapipe/core';

import { DEV, RELEASE, type Variant } from '../src/manifest/variant.js';
import { createVsix } from '../src/pack/create-vsix.js';
import { readEntries } from '../src/pack/normalise-archive.js';
import { stageExtension } from '../src/pack/stage-extension.js';
import { PACKAGE } from './task-world.js';
import { withTfx } from './with-tfx.js';

const SCHEMAS = join(PACKAGE, 'schemas');
const LARGEST_BYTES = 2_500_000;

withTfx('the packed extension', (packer) => {
  describe('the packed extension', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'verapipe-vsix-test-'));
    });
    afterEach(() => rm(folder, { recursive: true }));

    async function pack(name: string, variant: Variant, version: string, isPublic = false): Promise<string> {
      const target = join(folder, `${name}.vsix`);
      await stageExtension(join(folder, name), { variant, version, isPublic, source: PACKAGE });
      await createVsix(join(folder, name), { target, packer, schemas: SCHEMAS });
      return target;
    }

    it('holds what it should and nothing else, is small, and is the same each time', async () => {
      // As people pack it, and once more.
      const [first, second] = await Promise.all([promisify(execFile)(process.execPath, [join(PACKAGE, 'dist', 'program', 'pack.js')]), pack('second', RELEASE, VERSION)]);
      const bytes = await readFile(second);
      expect(bytes.equals(await readFile(first.stdout.trim()))).toBe(true);
      expect(bytes.length).toBeLessThanOrEqual(LARGEST_BYTES);

      const entries = await readEntries(bytes);
      expect([...entries.keys()].toSorted()).toEqual([
        'LICENSE.txt',
        'Verapipe/VerapipeV1/THIRD-PARTY-LICENSES.txt',
        'Verapipe/VerapipeV1/icon.png',
        'Verapipe/VerapipeV1/main.cjs',
        'Verapipe/VerapipeV1/task.json',
        '[Content_Types].xml',
        'extension.vsixmanifest',
        'extension.vsomanifest',
        'images/icon.png',
        'overview.md',
        'tab/THIRD-PARTY-LICENSES.txt',
        'tab/tab.css',
        'tab/tab.html',
        'tab/tab.js',
      ]);
      expect(JSON.parse(entries.get('Verapipe/VerapipeV1/task.json')?.toString('utf8') ?? '')).toMatchObject({ id: RELEASE.taskId, name: 'Verapipe' });
      expect(entries.get('Verapipe/VerapipeV1/main.cjs')?.toString('utf8')).not.toContain('sourceMappingURL');
    });

    it('of its makers has its own names, and both manifests the version of the packages', async () => {
      const entries = await readEntries(await readFile(await pack('dev', DEV, '1.2.3')));
      expect(JSON.parse(entries.get('Verapipe/VerapipeV1/task.json')?.toString('utf8') ?? '')).toMatchObject({ id: DEV.taskId, name: 'VerapipeDev', version: { Major: 1, Minor: 1002, Patch: 3 } });
      expect(entries.get('extension.vsixmanifest')?.toString('utf8')).toContain('Id="verapipe-dev" Publisher="verapipe" Version="1.2.3"');
      expect(entries.get('extension.vsomanifest')?.toString('utf8')).toContain(DEV.taskId);
    });

    it('is private, unless it is packed for everybody', async () => {
      const flags = async (name: string, isPublic: boolean): Promise<string> => /<GalleryFlags>([^<]*)/u.exec((await readEntries(await readFile(await pack(name, RELEASE, '1.2.3', isPublic)))).get('extension.vsixmanifest')?.toString('utf8') ?? '')?.[1] ?? '';
      expect((await flags('private', false)).split(' ')).not.toContain('Public');
      expect((await flags('public', true)).split(' ')).toContain('Public');
    });

    it('is none where a manifest is wrong, where the packer only warns, and without it', async () => {
      const staged = join(folder, 'broken');
      const task = join(staged, 'Verapipe', 'VerapipeV1');
      await stageExtension(staged, { variant: RELEASE, version: '1.2.3', isPublic: false, source: PACKAGE });
      await rename(join(task, 'main.cjs'), join(task, 'other.cjs'));
      const options = { target: join(folder, 'broken.vsix'), packer, schemas: SCHEMAS };
      await expect(createVsix(staged, options)).rejects.toThrow('task.json/execution/Node24: there is no main.cjs');
      const manifest = await readFile(join(task, 'task.json'), 'utf8');
      await writeFile(join(task, 'task.json'), manifest.replaceAll('main.cjs', 'other.cjs').replace('"pickList"', '"choice"'));
      await expect(createVsix(staged, options)).rejects.toThrow('task.json/inputs/0/type');
      await writeFile(join(task, 'task.json'), manifest.replaceAll('main.cjs', 'other.cjs').replace(RELEASE.friendlyName, 'Veracode '.repeat(9)));
      await expect(createVsix(staged, options)).rejects.toThrow(/without a warning:\n[^]*friendlyName/u);
      await expect(createVsix(staged, { ...options, packer: join(folder, 'nothing.js') })).rejects.toThrow('fetch-vendor-tools');
    });
  });
});
