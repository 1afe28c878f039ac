import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

import { type Consumer, createConsumer } from './consumer.js';
import { exportedNames } from './exported-names.js';
import { CLI, LIBRARIES } from './libraries.js';
import { runNode } from './package-manager.js';

const TSC = createRequire(import.meta.url).resolve('typescript/bin/tsc');

let consumer: Consumer;

beforeAll(async () => {
  consumer = await createConsumer([...LIBRARIES, CLI]);
});

afterAll(() => consumer.remove());

/** The values among the names of a library's `index.ts`. */
async function valuesOf(folder: string): Promise<readonly string[]> {
  const names = exportedNames(await readFile(join(folder, 'src', 'index.ts'), 'utf8'));
  return names.filter((name) => !name.startsWith('type '));
}

/** A library's names as a program sees them. */
async function namesSeen(loading: string): Promise<unknown> {
  const type = loading.startsWith('await') ? 'module' : 'commonjs';
  const script = `const library = ${loading}; console.log(JSON.stringify(Object.keys(library).sort()));`;
  return JSON.parse(await runNode([`--input-type=${type}`, '--eval', script], consumer.folder));
}

describe.each(LIBRARIES)('$name, packed', ({ name, folder }) => {
  it('gives ES modules all its values', async () => {
    expect(await namesSeen(`await import('${name}')`)).toEqual([...(await valuesOf(folder))].sort());
  });

  it('gives CommonJS all its values', async () => {
    expect(await namesSeen(`require('${name}')`)).toEqual([...(await valuesOf(folder))].sort());
  });
});

describe.each([...LIBRARIES, CLI])('$name, packed', ({ name }) => {
  it('has a manifest that fits its files', async () => {
    const installed = join(consumer.folder, 'node_modules', name);
    const { messages, pkg } = await publint({ pkgDir: installed, level: 'warning', pack: false });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('brings its licence and its README', async () => {
    const files = await readdir(join(consumer.folder, 'node_modules', name));
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md']));
  });

  it('names no other package of the workspace in a way that only the workspace understands', async () => {
    const manifest = await readFile(join(consumer.folder, 'node_modules', name, 'package.json'), 'utf8');
    expect(manifest).not.toMatch(/workspace:|catalog:|@verapipe\/source/);
  });
});

describe('the types, packed', () => {
  it('have every name, for ES modules and for CommonJS', async () => {
    const files: string[] = [];
    for (const [index, { name, folder }] of LIBRARIES.entries()) {
      const names = exportedNames(await readFile(join(folder, 'src', 'index.ts'), 'utf8'));
      const program = `import { ${names.join(', ')} } from '${name}';\nexport { ${names.join(', ')} };\n`;
      const programs = [`library-${index}.mts`, `library-${index}.cts`];
      for (const file of programs) await writeFile(join(consumer.folder, file), program);
      files.push(...programs);
    }
    const options = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2022', '--noEmit', '--types', 'node'];
    await runNode([TSC, ...options, ...files], consumer.folder);
  });
});

describe('the programs, packed', () => {
  it.each([
    { program: 'verapipe', main: 'node_modules/verapipe/dist/main.js' },
    { program: 'verapipe-emulator', main: 'node_modules/@verapipe/emulator/dist/main.js' },
  ])('$program starts', async ({ main }) => {
    expect(await runNode([main, '--help'], consumer.folder)).toMatch(/usage/i);
  });

  it('verapipe runs in the process of an adapter', async () => {
    const script = "const { runProcess } = await import('verapipe/run-process'); console.log(await runProcess({ args: ['drill', '--exit', '6'], env: {}, exit: process.exit }));";
    expect(await runNode(['--input-type=module', '--eval', script], consumer.folder)).toMatch(/^6$/mu);
  });

  it('verapipe brings no packages along', async () => {
    const manifest = JSON.parse(await readFile(join(consumer.folder, 'node_modules/verapipe/package.json'), 'utf8')) as object;
    expect(manifest).not.toHaveProperty('dependencies');
  });
});
