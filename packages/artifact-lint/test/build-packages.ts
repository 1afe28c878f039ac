import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** A registry may be slow; one that does not answer must not hold the tests. */
const PATIENCE_MS = 90_000;

/** A package as a real tool made it, or why none could be made on this machine. */
export type Built = { readonly path: string } | { readonly reason: string };

/** Jars of one class by Maven, with its debug information and without. */
export async function buildJars(folder: string): Promise<Readonly<Record<'withDebug' | 'withoutDebug', Built>>> {
  await write(folder, {
    'pom.xml': POM,
    'src/main/java/org/example/shop/Cart.java': 'package org.example.shop;\n\npublic class Cart {\n  public int total(int price) {\n    return price + 1;\n  }\n}\n',
  });
  const jar = join(folder, 'target', 'shop.jar');
  const build = async (options: readonly string[], name: string): Promise<Built> => {
    const path = join(folder, name);
    return built(path, async () => {
      // Maven does not compile again because an option has changed.
      await rm(join(folder, 'target'), { recursive: true, force: true });
      await run(process.platform === 'win32' ? 'mvn.cmd' : 'mvn', ['-q', '-B', '-Dmaven.test.skip=true', ...options, 'package'], { cwd: folder, timeout: PATIENCE_MS, shell: process.platform === 'win32' });
      await rename(jar, path);
    });
  };
  const withDebug = await build([], 'shop-debug.jar');
  return { withDebug, withoutDebug: await build(['-Dmaven.compiler.debuglevel=none'], 'shop-plain.jar') };
}

/** A package of npm, by npm. */
export async function buildNpmPackage(folder: string): Promise<Built> {
  await write(folder, {
    'package.json': JSON.stringify({ name: 'shop', version: '1.0.0', main: 'dist/shop.min.js', license: 'MIT' }),
    'dist/shop.min.js': `"use strict";${'exports.total=function(a){return a+1};'.repeat(60)}`,
    'test/shop.test.js': "require('..');\n",
    '.env': 'SHOP_TOKEN=0123456789abcdef\n',
  });
  return built(join(folder, 'shop-1.0.0.tgz'), () => run('npm', ['pack', '--silent', '--offline'], { cwd: folder, timeout: PATIENCE_MS, shell: process.platform === 'win32' }));
}

/** A wheel, by pip. */
export async function buildWheel(folder: string): Promise<Built> {
  await write(folder, {
    'pyproject.toml': '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "shop"\nversion = "1.0"\n[tool.setuptools]\npackages = ["shop", "shop.tests"]\n',
    'shop/__init__.py': 'def total(price):\n    return price + 1\n',
    'shop/tests/__init__.py': '',
    'shop/tests/test_shop.py': 'from shop import total\n',
  });
  return built(join(folder, 'shop-1.0-py3-none-any.whl'), () => run('python3', ['-m', 'pip', 'wheel', '--quiet', '--disable-pip-version-check', '--no-deps', '--wheel-dir', '.', '.'], { cwd: folder, timeout: PATIENCE_MS }));
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, ...name.split('/'));
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, content);
  }
}

async function built(path: string, build: () => Promise<unknown>): Promise<Built> {
  try {
    await build();
    return existsSync(path) ? { path } : { reason: `the tool wrote no ${basename(path)}` };
  } catch (error) {
    return { reason: firstLine(error) };
  }
}

function firstLine(error: unknown): string {
  const { stdout = '', stderr = '', message = '' } = error as { readonly stdout?: string; readonly stderr?: string; readonly message?: string };
  return (`${stderr}\n${stdout}\n${message}`.split('\n').find((line) => line.trim() !== '') ?? 'no reason given').slice(0, 200);
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.example</groupId>
  <artifactId>shop</artifactId>
  <version>1.0</version>
  <properties>
    <maven.compiler.source>11</maven.compiler.source>
    <maven.compiler.target>11</maven.compiler.target>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <build><finalName>shop</finalName></build>
</project>
`;
