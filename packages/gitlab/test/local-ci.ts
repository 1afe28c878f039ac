import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { describe, it } from '@jest/globals';
import { type RunningEmulator, type ScenarioInput, startEmulator } from '@verapipe/emulator';
import { stringify } from 'yaml';

import { PACKAGE } from './template-files.js';

const TOOL = join(PACKAGE, '..', '..', '.tools', 'gitlab-ci-local', 'node_modules');
const RUNNER = join(TOOL, 'gitlab-ci-local', 'dist', 'index.js');
const OWN_NODE = join(TOOL, `node-${process.platform}-${process.arch}`, 'bin', 'node');

/** Emulated hours pass within the first poll. */
const TIME_SCALE = 24_000;

/** What one pipeline came to. */
export interface RanPipeline {
  /** How each job ended, as the runner lists them: `PASS`, `WARN`, `FAIL`; jobs that did not run are not among them. */
  readonly jobs: Readonly<Record<string, string>>;
  readonly output: string;
}

/** A repository with the component beside it, and an emulated platform. */
export interface LocalProject {
  readonly emulator: RunningEmulator;
  readonly cwd: string;
  /** Runs a pipeline of includes of the component's templates, in a workspace that holds nothing of earlier runs. */
  run(includes: readonly Include[], more?: RunOptions): Promise<RanPipeline>;
  /** The pipeline with everything filled in, or what the runner has against it. */
  preview(includes: readonly Include[]): Promise<string>;
  /** Names of the jobs that would run, in a pipeline with these variables. */
  list(includes: readonly Include[], variables: Readonly<Record<string, string>>): Promise<readonly string[]>;
  /** A file that a job left among its artifacts. */
  artifact(job: string, file: string): Promise<string>;
  close(): Promise<void>;
}

export interface Include {
  readonly template: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface RunOptions {
  /** Variables of the pipeline, as GitLab or the project sets them. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Jobs of the project's own; they may add to those of the component. */
  readonly jobs?: Readonly<Record<string, unknown>>;
}

/** Declares tests that run pipelines; without the runner they stand in the list as not run. */
export function withLocalCi(name: string, declare: () => void): void {
  const missing = [...[RUNNER, OWN_NODE].filter((file) => !existsSync(file)).slice(0, 1).map(() => 'gitlab-ci-local (node scripts/fetch-vendor-tools.mjs fetches it)'), ...['rsync', 'git', 'bash'].filter((program) => !isOnPath(program))];
  if (missing.length === 0) describe(name, declare);
  else it.skip(`${name}, not run: no ${missing.join(', no ')}`, () => undefined);
}

export async function startLocalProject(scenario: ScenarioInput = {}): Promise<LocalProject> {
  const emulator = await startEmulator({ timeScale: TIME_SCALE, scenario });
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'verapipe-gitlab-')));
  const cwd = join(folder, 'project');
  const programs = join(folder, 'bin');
  putOnPath(programs);

  async function project(includes: readonly Include[], jobs: RunOptions['jobs'] = {}): Promise<void> {
    await rm(cwd, { recursive: true, force: true });
    await mkdir(cwd);
    await writeFile(join(cwd, 'shop.jar'), 'content of shop.jar');
    await cp(join(PACKAGE, 'templates'), join(cwd, 'component'), { recursive: true });
    const include = includes.map(({ template, inputs }) => ({ local: `component/${template}/template.yml`, inputs: { image: 'registry.example.org/veracode:1', 'platform-url': emulator.url, ...inputs } }));
    await writeFile(join(cwd, '.gitlab-ci.yml'), stringify({ include, ...jobs }));
    const git = (...args: readonly string[]): Promise<unknown> => promisify(execFile)('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', '-C', cwd, ...args]);
    await git('init', '--quiet', '--initial-branch=main');
    await git('remote', 'add', 'origin', 'git@gitlab.example.org:group/shop.git');
    await git('add', '.');
    await git('commit', '--quiet', '--message=first');
  }

  function start(args: readonly string[], variables: Readonly<Record<string, string>>): Promise<string> {
    const system = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(?:tmpdir|lang)$/iu.test(name)));
    const env = { ...system, HOME: folder, PATH: [programs, dirname(OWN_NODE), process.env['PATH'] ?? ''].join(delimiter) };
    const given = { GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main', VERACODE_API_KEY_ID: emulator.apiId, VERACODE_API_KEY_SECRET: emulator.apiKey, ...variables };
    return outputOf(OWN_NODE, [RUNNER, '--no-color', '--ignore-predefined-vars', Object.keys(given).join(','), ...args, ...Object.entries(given).flatMap(([name, value]) => ['--variable', `${name}=${value}`])], { cwd, env });
  }

  return {
    emulator,
    cwd,
    async run(includes, { variables = {}, jobs = {} } = {}) {
      await project(includes, jobs);
      const output = await start(['--force-shell-executor', '--shell-isolation'], variables);
      return { output, jobs: Object.fromEntries([...output.matchAll(/^ (PASS|WARN|FAIL) +([^\n]*?)(?: {2}\S[^\n]*)?$/gmu)].map(([, end = '', job = '']) => [job.trim(), end])) };
    },
    async preview(includes) {
      await project(includes);
      return start(['--preview'], {});
    },
    async list(includes, variables) {
      await project(includes);
      const output = await start(['--list-csv'], variables);
      return [...output.matchAll(/^([\w-]+);test;/gmu)].map(([, name = '']) => name);
    },
    async artifact(job, file) {
      return readFile(join(await artifactsOf(cwd, job), file), 'utf8');
    },
    async close() {
      await emulator.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The runner keeps artifacts under the name of the job, spelled for file systems. */
async function artifactsOf(cwd: string, job: string): Promise<string> {
  const place = join(cwd, '.gitlab-ci-local', 'artifacts');
  const names = await readdir(place);
  const found = names.find((name) => name === job) ?? names.find((name) => name.startsWith(job));
  if (found === undefined) throw new Error(`No artifacts of ${job} among ${names.join(', ')}.`);
  return join(place, found);
}

/** The programs of the image, as files that a shell finds; on the Node that the tests run on. */
function putOnPath(programs: string): void {
  const packages = join(programs, '..', 'node_modules');
  mkdirSync(programs, { recursive: true });
  mkdirSync(join(packages, '@verapipe'), { recursive: true });
  const cli = join(PACKAGE, 'node_modules', 'verapipe');
  symlinkSync(PACKAGE, join(packages, '@verapipe', 'gitlab'));
  for (const [name, main] of [['verapipe', join(cli, 'dist', 'main.js')], ['verapipe-gitlab', join(PACKAGE, 'dist', 'main.js')]] as const) {
    writeFileSync(join(programs, name), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
    chmodSync(join(programs, name), 0o755);
  }
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** What a program prints on both streams, however it ends: the runner's exit code is not GitLab's. */
function outputOf(program: string, args: readonly string[], place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...place, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}
