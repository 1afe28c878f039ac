import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalTasks, startLocalTasks } from '../../test/local-task.js';
import { runCredentialsScan } from './credentials-scan.js';

const ID = '0123456789abcdef'.repeat(2);
const KEY = 'c0ffee42'.repeat(16);
const LEAK = `VERACODE_API_KEY_SECRET=${KEY}\n`;
const PATH = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };

let tasks: LocalTasks;
beforeEach(async () => {
  tasks = await startLocalTasks();
});
afterEach(() => tasks.close());

function git(...args: readonly string[]): void {
  execFileSync('git', ['-c', 'init.defaultBranch=main', ...args], { cwd: tasks.cwd, stdio: 'pipe' });
}

/** Root may read everything, so its rights are laid down meanwhile. */
async function asUserWithLimits<T>(act: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return act();
  await chmod(tasks.cwd, 0o755);
  process.seteuid?.('nobody');
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}

function scan(options: Parameters<LocalTasks['run']>[2] = {}): ReturnType<LocalTasks['run']> {
  return tasks.run(runCredentialsScan, 'credentials scan', options, PATH);
}

function placesOf(printed: string): readonly string[] {
  const { finds } = JSON.parse(printed) as { readonly finds: readonly { readonly path: string; readonly line: number; readonly kind: string }[] };
  return finds.map(({ path, line, kind }) => `${path}:${line} ${kind}`);
}

describe('verapipe credentials scan', () => {
  it('ends with 0 where nothing is, and says what it looked at', async () => {
    await tasks.write('a.txt', 'nothing');
    const { result, printed } = await scan();
    expect(result).toEqual({ kind: 'done', exitCode: 0 });
    expect(printed).toBe('No Veracode credentials in one text file. Values are not shown; the history of the repository was not searched.\n');
  });

  it('ends with 1 on a find, prints the place and how to revoke, and nothing of the value', async () => {
    await tasks.write('.gitlab-ci.yml', `a:\n  variables:\n    VERACODE_API_KEY_ID: ${ID}\n    VERACODE_API_KEY_SECRET: ${KEY}\n`);
    for (const options of [{}, { json: true }] as const) {
      const { result, printed } = await scan(options);
      expect(result).toEqual({ kind: 'done', exitCode: 1 });
      expect(printed).not.toMatch(/[0-9a-f]{7}/u);
      expect(printed).toMatch(/\.gitlab-ci\.yml/u);
    }
    const { printed } = await scan();
    expect(printed).toMatch(/^\.gitlab-ci\.yml:3 {2}an API id\n\.gitlab-ci\.yml:4 {2}an API secret key\n2 places look /u);
    expect(printed).toMatch(/verapipe credentials revoke --api-id ID --yes[^]+In GitLab: /u);
  });

  it('searches what git tracks, and not what it ignores or does not know', async () => {
    git('init');
    await tasks.write('.gitignore', 'ignored.env\n');
    await mkdir(join(tasks.cwd, 'deep'));
    for (const name of ['ignored.env', 'tracked.env', 'new.env', 'staged-and-gone.env', 'deep/tracked.env']) await tasks.write(name, LEAK);
    git('add', 'tracked.env', 'staged-and-gone.env', 'deep');
    execFileSync('rm', [join(tasks.cwd, 'staged-and-gone.env')]);
    const { printed } = await scan({ json: true });
    expect(placesOf(printed)).toEqual(['deep/tracked.env:1 api-key', 'tracked.env:1 api-key']);
    expect(placesOf((await scan({ json: true, path: 'deep' })).printed)).toEqual(['deep/tracked.env:1 api-key']);
    // A file that is named is searched, whoever knows it.
    expect(placesOf((await scan({ json: true, path: 'new.env' })).printed)).toEqual(['new.env:1 api-key']);
  });

  it('searches all files where git is not, but those of packages and of version control', async () => {
    await mkdir(join(tasks.cwd, 'node_modules'));
    await mkdir(join(tasks.cwd, 'deep', 'er'), { recursive: true });
    await tasks.write('node_modules/x.env', LEAK);
    await tasks.write('deep/er/x.env', LEAK);
    expect(placesOf((await scan({ json: true })).printed)).toEqual(['deep/er/x.env:1 api-key']);
  });

  it('searches only the paths that are named: folders and files', async () => {
    await mkdir(join(tasks.cwd, 'one'));
    await tasks.write('one/a.env', LEAK);
    await tasks.write('two.env', LEAK);
    await tasks.write('three.env', LEAK);
    expect(placesOf((await scan({ json: true, path: ['one', 'two.env', './two.env'] })).printed)).toEqual(['one/a.env:1 api-key', 'two.env:1 api-key']);
  });

  it('counts what a comment or a pattern allows, and reports it', async () => {
    await mkdir(join(tasks.cwd, 'test'));
    await tasks.write('example.env', `VERACODE_API_KEY_SECRET=${KEY} # verapipe:allow-credentials\n`);
    await tasks.write('test/sample.env', LEAK);
    await tasks.write('other.txt', LEAK);
    const { result, printed } = await scan({ exclude: ['test/**', '*.txt'] });
    expect(result).toEqual({ kind: 'done', exitCode: 0 });
    expect(printed).toContain('Not counted: 1 by a comment, 2 by --exclude.');
    const json = JSON.parse((await scan({ exclude: ['test/**', '*.txt'], json: true })).printed) as object;
    expect(json).toMatchObject({ finds: [], suppressed: [{ path: 'example.env', by: 'comment' }, { path: 'other.txt', by: 'pattern' }, { path: 'test/sample.env', by: 'pattern' }] });
  });

  it('warns of secrets as arguments, with the right way of the CI, and does not fail for them', async () => {
    await tasks.write('Jenkinsfile', "sh 'java -jar VeracodeJavaAPI.jar -vkey $VKEY'\n");
    await tasks.write('run.sh', 'java -jar VeracodeJavaAPI.jar -vkey $VKEY\n');
    const { result, warnings } = await scan();
    expect(result).toEqual({ kind: 'done', exitCode: 0 });
    expect(warnings).toEqual([
      expect.stringMatching(/^Jenkinsfile:1: a secret handed over as an argument; argument lists are public\. In Jenkins: .*withCredentials/u),
      expect.stringMatching(/^run\.sh:1: .*secret store of the CI/u),
    ]);
  });

  it('does not search bytes, and only the beginning of huge files, and says both', async () => {
    await tasks.write('a.bin', `\0${LEAK}`);
    await tasks.write('huge.log', `${LEAK}${'x'.repeat(9 * 1024 * 1024)}\n${LEAK}`);
    const { result, printed, warnings } = await scan();
    expect(result).toEqual({ kind: 'done', exitCode: 1 });
    expect(printed).toMatch(/huge\.log:1 {2}an API secret key\none place looks[^;]+; one binary file was not searched\./u);
    expect(warnings).toEqual([expect.stringMatching(/^Not everything was searched.+huge\.log is too long to be searched whole/u)]);
  });

  it('is not green over a file of which only the beginning was searched, unless it is excluded', async () => {
    await tasks.write('huge.log', `${'x'.repeat(9 * 1024 * 1024)}\n${LEAK}`);
    const { result, printed } = await scan();
    expect(result).toMatchObject({ kind: 'failed', exitCode: 9, failure: { code: 'not-searched-whole', message: expect.stringContaining('huge.log is too long') } });
    expect(printed).toContain('NOT SEARCHED WHOLE: huge.log is too long');
    expect(JSON.parse((await scan({ json: true })).printed)).toMatchObject({ searched: { whole: false, notWhole: [expect.stringContaining('huge.log')] } });
    expect((await scan({ exclude: ['*.log'] })).result).toEqual({ kind: 'done', exitCode: 0 });
  });

  it('is not green over folders that are too deep to be listed', async () => {
    await mkdir(join(tasks.cwd, ...Array.from({ length: 66 }, () => 'd')), { recursive: true });
    expect((await scan()).result).toMatchObject({ kind: 'failed', exitCode: 9, failure: { message: expect.stringContaining('deeper than 64 levels') } });
  });

  it.each([['gone', /which does not exist/u], ['a.txt/b', /which cannot be read|does not exist/u]])('refuses the path %s', async (path, got) => {
    await tasks.write('a.txt', '');
    expect((await scan({ path })).result).toMatchObject({ kind: 'failed', exitCode: 2, failure: { issues: [{ path: 'path', got: expect.stringMatching(got) }] } });
  });

  (process.platform === 'win32' ? it.skip : it)('ends with 9 where a file cannot be read (not run on Windows: everything can be read there)', async () => {
    await chmod(await tasks.write('secret.env', LEAK), 0);
    const { result } = await asUserWithLimits(() => scan());
    expect(result).toMatchObject({ kind: 'failed', exitCode: 9, failure: { code: 'not-searched-whole', message: expect.stringMatching(/secret\.env could not be read \(EACCES\)/u) } });
  });

  (process.platform === 'win32' ? it.skip : it)('ends with 9 where a folder cannot be read (not run on Windows: everything can be read there)', async () => {
    const closed = join(tasks.cwd, 'closed');
    await mkdir(closed);
    await chmod(closed, 0);
    const { result } = await asUserWithLimits(() => scan());
    await chmod(closed, 0o700);
    expect(result).toMatchObject({ kind: 'failed', exitCode: 9, failure: { code: 'not-searched-whole', message: expect.stringMatching(/closed could not be read \(EACCES\)/u) } });
  });

  (process.platform === 'win32' ? it.skip : it)('does not follow links out of the folder (not run on Windows: links need rights there)', async () => {
    await mkdir(join(tasks.cwd, 'in'));
    await tasks.write('out.env', LEAK);
    await symlink(join(tasks.cwd, 'out.env'), join(tasks.cwd, 'in', 'link.env'));
    expect((await scan({ path: 'in' })).result).toEqual({ kind: 'done', exitCode: 0 });
  });
});
