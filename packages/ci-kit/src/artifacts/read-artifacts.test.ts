import { mkdir, mkdtemp, realpath, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type ArtifactSelection, readArtifacts, type ReadArtifacts } from './read-artifacts.js';

let top: string;
let cwd: string;

beforeEach(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), 'verapipe-artifacts-')));
  cwd = join(top, 'work');
  await add('dist/a.jar', 'dist/b.jar', 'dist/a-tests.jar', 'dist/deep/c.jar', 'dist/.hidden.jar', 'readme.txt', '../outside/o.jar');
});

afterEach(() => rm(top, { recursive: true }));

async function add(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const path = join(cwd, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, name);
  }
}

function read(files: readonly string[], options: Partial<ArtifactSelection> = {}): Promise<ReadArtifacts> {
  return readArtifacts({ cwd, files, exclude: [], saveAs: [], ...options });
}

async function namesOf(files: readonly string[], exclude: readonly string[] = []): Promise<readonly string[]> {
  const { candidates, issues } = await read(files, { exclude });
  expect(issues).toEqual([]);
  expect(candidates.filter(({ problem }) => problem !== null)).toEqual([]);
  return candidates.map(({ name }) => name);
}

describe('patterns', () => {
  it.each<[files: readonly string[], exclude: readonly string[], wanted: readonly string[]]>([
    [['dist/a.jar'], [], ['a.jar']],
    [['./dist/a.jar'], [], ['a.jar']],
    [['dist/*.jar'], [], ['a-tests.jar', 'a.jar', 'b.jar']],
    [['dist/**/*.jar'], [], ['a-tests.jar', 'a.jar', 'b.jar', 'c.jar']],
    [['dist/?.jar'], [], ['a.jar', 'b.jar']],
    [['dist/[b-z].jar'], [], ['b.jar']],
    [['{dist/a,dist/deep/c}.jar'], [], ['a.jar', 'c.jar']],
    [['dist/.*.jar'], [], ['.hidden.jar']],
    [['../outside/*.jar'], [], ['o.jar']],
    [['dist/b.jar', 'dist/a.jar', 'dist/*.jar'], ['*-tests.jar'], ['a.jar', 'b.jar']],
    [['**/*.jar'], ['dist/deep/**'], ['a-tests.jar', 'a.jar', 'b.jar']],
    [['**/*'], ['*.jar'], ['readme.txt']],
  ])('%j without %j', async (files, exclude, wanted) => {
    expect(await namesOf(files, exclude)).toEqual(wanted);
  });

  it('take absolute paths', async () => {
    expect(await namesOf([join(cwd, 'dist', 'a.jar')])).toEqual(['a.jar']);
    expect(await namesOf([`${cwd.replaceAll('\\', '/')}/dist/?.jar`])).toEqual(['a.jar', 'b.jar']);
  });

  it.each([
    ['dist/*.war', 'matches no file'],
    ['absent/**/*.jar', 'matches nothing'],
    ['absent.jar', 'does not exist'],
    ['dist\\absent.jar', 'does not exist'],
  ])('%p is a fault', async (pattern, got) => {
    const { issues } = await read([pattern, 'dist/a.jar']);
    expect(issues).toEqual([{ path: 'file[0]', got: expect.stringContaining(got), wanted: expect.stringContaining('pattern') }]);
  });

  it('that leave nothing are faults, and so is a path that is excluded', async () => {
    expect((await read(['dist/*.jar'], { exclude: ['*.jar'] })).issues).toMatchObject([{ got: expect.stringContaining('not excluded') }]);
    expect((await read(['dist/a.jar'], { exclude: ['dist/a*'] })).issues).toMatchObject([{ got: expect.stringContaining('excluded') }]);
  });
});

describe('unusual names', () => {
  const names = ['a b.jar', "it's.jar", 'naïve 数据.jar', '-x.jar', '--y.jar', '.dot.jar', '[v1].jar', '{x}.jar', '!n.jar', '(p).jar', '$HOME.jar'];
  const onPosix = ['a"b.jar', 'a\nb.jar', 'a*b.jar', 'a?b.jar', 'back\\slash.jar'];

  it.each(process.platform === 'win32' ? names : [...names, ...onPosix])('%j is found by its path, whatever its characters mean elsewhere', async (name) => {
    await add(`odd/${name}`);
    expect(await namesOf([`odd/${name}`])).toEqual([name]);
    expect(await namesOf([`odd/${name}`], ['other*'])).toEqual([name]);
  });
});

describe('inspection', () => {
  async function problemOf(file: string): Promise<string> {
    const { candidates, issues } = await read([file]);
    expect(issues).toEqual([]);
    return candidates.map(({ problem }) => problem?.got ?? 'fine').join();
  }

  it('measures without reading, beyond 2 GiB', async () => {
    await add('big.bin');
    await truncate(join(cwd, 'big.bin'), 2 ** 31 + 1);
    const { candidates } = await read(['big.bin']);
    expect(candidates).toMatchObject([{ sizeBytes: 2 ** 31 + 1, path: join(cwd, 'big.bin'), problem: null }]);
    expect(candidates[0]?.fingerprint.modifiedMs).toBeGreaterThan(0);
  });

  it('names a folder, and the pattern for its files', async () => {
    const { candidates } = await read(['dist']);
    expect(candidates).toMatchObject([{ problem: { got: 'a folder', wanted: expect.stringContaining('/dist/**/*"') } }]);
  });

  it.each([
    ['nowhere.jar', 'absent/x.jar', 'leads nowhere'],
    ['itself.jar', 'itself.jar', 'leads to itself'],
    ['outside.jar', '../outside/o.jar', 'outside'],
    ['inside.jar', 'dist/a.jar', 'fine'],
  ])('of the link %s to %s: %s', async (link, target, wanted) => {
    await symlink(target, join(cwd, link));
    expect(await problemOf(link)).toContain(wanted);
  });

  it('refuses a file that a pattern reaches through a link out of the tree', async () => {
    await symlink('../../outside', join(cwd, 'dist', 'linked'));
    const { candidates } = await read(['dist/**/o.jar']);
    expect(candidates).toMatchObject([{ problem: { got: expect.stringContaining('symbolic link') } }]);
  });

  it('follows a folder that was named, wherever it lies', async () => {
    await symlink('../outside', join(cwd, 'release'));
    expect(await problemOf('release/o.jar')).toBe('fine');
    expect(await problemOf('release/*.jar')).toBe('fine');
  });
});

it('renames, and says which rule had nothing to do', async () => {
  const { candidates, notices, issues } = await read(['dist/?.jar'], { saveAs: ['a.jar=shop.jar', 'z*=y'] });
  expect(candidates.map(({ name }) => name)).toEqual(['shop.jar', 'b.jar']);
  expect(notices).toEqual(['The rule --save-as "z*=y" matches no file that is uploaded.']);
  expect(issues).toEqual([]);
});
