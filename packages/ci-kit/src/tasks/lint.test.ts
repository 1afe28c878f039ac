import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalTasks, startLocalTasks } from '../../test/local-task.js';
import { writeZip } from '../../test/write-zip.js';
import { runLint } from './lint.js';

const FINE = writeZip({ 'index.jsp': '<p>shop</p>' });
const LOADED = writeZip({ 'index.js': 'export {};\n', 'node_modules/a/index.js': 'export {};\n' });
const ENCRYPTED = writeZip({ 'index.js': 'export {};\n', 'cart.js': 'export {};\n' }, { isEncrypted: true });

let local: LocalTasks;
beforeEach(async () => {
  local = await startLocalTasks();
  await writeFile(join(local.cwd, 'fine.war'), FINE);
  await writeFile(join(local.cwd, 'loaded.zip'), LOADED);
  await writeFile(join(local.cwd, 'closed.zip'), ENCRYPTED);
});
afterEach(() => local.close());

describe('runLint', () => {
  it('looks for what the command that is named would be told: a pipeline scan takes less', async () => {
    const target = async (purpose: string): Promise<string> => {
      await writeFile(join(local.cwd, 'large.war'), FINE);
      await truncate(join(local.cwd, 'large.war'), 201 * 1024 * 1024);
      return (await local.run(runLint, 'lint', { file: 'large.war', for: purpose })).printed;
    };
    expect(await target('pipeline-scan')).not.toBe(await target('scan'));
  });

  it.each([
    ['fine.war', 0, '0 errors and 0 warnings in 1 artifact.\n'],
    ['loaded.zip', 0, '0 errors and 1 warning in 1 artifact.\n'],
    ['closed.zip', 1, '1 error and 0 warnings in 1 artifact.\n'],
    ['*.*', 1, '1 error and 1 warning in 3 artifacts.\n'],
  ])('of %s ends with %p', async (file, exitCode, last) => {
    const { result, printed } = await local.run(runLint, 'lint', { file });
    expect(result).toEqual({ kind: 'done', exitCode });
    expect(printed.endsWith(last)).toBe(true);
  });

  it('shows a table, and what to do about each rule once', async () => {
    const { printed } = await local.run(runLint, 'lint', { file: 'loaded.zip' });
    expect(printed).toMatch(/^SEVERITY {2}RULE {10}ARTIFACT {4}FINDING\nwarning {3}node-modules {2}loaded\.zip {2}Installed .+\n\nnode-modules: Leave the folder out .+\n\n0 errors/u);
  });

  it('gives one object with --json', async () => {
    const { printed } = await local.run(runLint, 'lint', { file: '*.zip', json: true, 'lint-ignore': 'node-modules' });
    expect(JSON.parse(printed)).toMatchObject({
      schemaVersion: 1,
      ignored: ['node-modules'],
      counts: { errors: 1, warnings: 0 },
      artifacts: [{ artifact: 'closed.zip', format: 'zip', entries: 2 }, { artifact: 'loaded.zip' }],
      findings: [{ rule: 'encrypted-archive', severity: 'error', artifact: 'closed.zip', place: 'cart.js' }],
    });
  });

  it('judges names as they will be on the platform', async () => {
    await writeFile(join(local.cwd, 'shop-1.2.3.war'), FINE);
    expect((await local.run(runLint, 'lint', { file: 'shop-*.war' })).printed).toContain('versioned-artifact-name');
    expect((await local.run(runLint, 'lint', { file: 'shop-*.war', 'save-as': 'shop-*.war=shop.war' })).printed).toContain('0 warnings');
  });

  it('lists all faults at once, with the nearest rule', async () => {
    await writeFile(join(local.cwd, 'empty.zip'), '');
    const { result, printed } = await local.run(runLint, 'lint', { file: ['empty.zip', 'none*.jar'], 'lint-ignore': ['node-module', 'test-code'] });
    expect(result).toMatchObject({ kind: 'failed', exitCode: 2 });
    expect(result.kind === 'failed' && result.failure.issues).toMatchObject([
      { path: 'file[1]', got: expect.stringContaining('none*.jar') },
      { path: 'file[0]', got: expect.stringContaining('an empty file') },
      { path: 'lintIgnore[0]', got: '"node-module"', wanted: 'perhaps "node-modules"' },
    ]);
    expect(printed).toBe('');
  });

  it('needs a file', async () => {
    expect((await local.run(runLint, 'lint')).result).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'file', got: 'nothing' }] } });
  });
});
