import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPathMapper } from '@verapipe/core';

import { listCheckout } from './list-checkout.js';

let folder: string;
let root: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verapipe-checkout-'));
  root = join(folder, 'shop');
  await write('shop/README.md', 'shop/src/main/java/com/example/Foo.java', 'elsewhere/Secret.java');
});

afterEach(() => rm(folder, { recursive: true }));

async function write(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), '');
  }
}

const OWN = ['README.md', 'src/main/java/com/example/Foo.java'];

describe('listCheckout', () => {
  it('lists files with one separator on every system, sorted', async () => {
    expect(await listCheckout(root)).toEqual({ root, rootNames: ['shop'], files: OWN, warnings: [], leftOut: [] });
  });

  it('leaves out version control and packages of others, at any depth', async () => {
    await write('shop/.git/config', 'shop/node_modules/x/index.js', 'shop/web/node_modules/y/index.js', 'shop/a/__pycache__/b.pyc');
    expect((await listCheckout(root)).files).toEqual(OWN);
  });

  it('lists what a build wrote, which the mapping puts behind sources', async () => {
    await write('shop/target/classes/com/example/Foo.java', 'shop/build/tools/release.py');
    const { files, rootNames } = await listCheckout(root);
    const mapper = createPathMapper({ files, rootNames });
    expect(mapper({ file: 'classes/com/example/Foo.java', module: null })).toMatchObject({ path: 'src/main/java/com/example/Foo.java' });
    expect(mapper({ file: 'build/tools/release.py', module: null })).toMatchObject({ path: 'build/tools/release.py' });
  });

  it('follows no link, neither out of the tree nor in a circle', async () => {
    await symlink(join(folder, 'elsewhere'), join(root, 'out'), 'junction');
    await symlink(root, join(root, 'src', 'again'), 'junction');
    expect((await listCheckout(root)).files).toEqual(OWN);
  });

  it('stops at a number of files, and says so', async () => {
    const { files, warnings } = await listCheckout(root, { mostFiles: 1 });
    expect(files).toEqual(['README.md']);
    expect(warnings).toEqual([expect.stringContaining('more than 1 files')]);
  });

  it('warns of a folder that cannot be read', async () => {
    const { files, warnings } = await listCheckout(join(folder, 'absent'));
    expect(files).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('ENOENT')]);
  });
});
