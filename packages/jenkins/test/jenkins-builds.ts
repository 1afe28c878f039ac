import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

import { describe, it } from '@jest/globals';
import { type RunningEmulator, type ScenarioInput, startEmulator } from '@verapipe/emulator';

import { PACKAGE } from './library-files.js';

/** Emulated hours pass within the first poll. */
const TIME_SCALE = 24_000;

/** One build of a Jenkinsfile. */
export interface BuildToRun {
  readonly script: string;
  /** What its platform is like. Each build has one of its own, and its credential `veracode` is a pair of that. */
  readonly scenario?: ScenarioInput;
  /** The build that it follows, on the same platform. */
  readonly after?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Ids of credentials that this build does not see. */
  readonly hidden?: readonly string[];
  /** Steps and variables whose plugin is not installed. */
  readonly missing?: readonly string[];
  readonly windows?: boolean;
  /** Text of the log at which somebody aborts the build. */
  readonly abortAt?: string;
  /** Why builds were started, by their number, as `currentBuild.getBuildCauses` tells it. */
  readonly causes?: Readonly<Record<string, readonly object[]>>;
}

/** What became of a build. */
export interface RanBuild {
  readonly result: string;
  readonly stages: Readonly<Record<string, string>>;
  readonly calls: readonly (Readonly<Record<string, unknown>> & { readonly step: string })[];
  /** What the library's steps returned, in their order. */
  readonly returned: readonly Readonly<Record<string, unknown>>[];
  readonly log: string;
  readonly endedByAbort: readonly number[];
  /** Its workspace. */
  readonly folder: string;
  readonly platform: RunningEmulator;
}

/** Platforms and workspaces. */
export interface JenkinsWorld {
  readonly folder: string;
  /** Runs all builds in one Groovy. */
  run<Name extends string>(builds: Readonly<Record<Name, BuildToRun>>): Promise<Readonly<Record<Name, RanBuild>>>;
  close(): Promise<void>;
}

/** Declares tests that run builds; without Groovy they stand in the list as not run. */
export function withGroovy(name: string, declare: () => void): void {
  const missing = ['groovy', 'java', 'sh'].filter((program) => findOnPath(program) === null);
  if (missing.length === 0) describe(name, declare);
  else it.skip(`${name}, not run: no ${missing.join(', no ')} (on Debian: apt-get install groovy)`, () => undefined);
}

export async function startJenkinsWorld(): Promise<JenkinsWorld> {
  const folder = realpathSync(await mkdtemp(join(tmpdir(), 'verapipe-jenkins-')));
  const platforms = new Map<string, RunningEmulator>();
  const programs = await putCliOnPath(join(folder, 'bin'));
  const workspaceOf = (name: string): string => join(folder, 'workspaces', name);

  async function platformOf(name: string, { after, scenario = {} }: BuildToRun): Promise<RunningEmulator> {
    const platform = (after === undefined ? undefined : platforms.get(after)) ?? (await startEmulator({ timeScale: TIME_SCALE, scenario }));
    platforms.set(name, platform);
    return platform;
  }

  async function describeBuild(name: string, build: BuildToRun): Promise<object> {
    const { url, apiId, apiKey } = await platformOf(name, build);
    await prepareWorkspace(workspaceOf(name));
    const credentials = { veracode: { username: apiId, password: apiKey }, 'api-id': { secret: apiId }, 'api-key': { secret: apiKey } };
    const environment = {
      ...{ PATH: [programs, process.env['PATH'] ?? ''].join(delimiter), HOME: join(folder, 'home'), JENKINS_HOME: '/var/lib/jenkins', CI: 'true' },
      ...{ JOB_NAME: 'web/shop', BUILD_NUMBER: '12', BUILD_TAG: 'jenkins-web-shop-12', GIT_COMMIT: 'c0ffee'.repeat(6) },
      ...{ VERAPIPE_PLATFORM_URL: url, ...build.environment },
    };
    return {
      ...{ name, script: build.script, workspace: workspaceOf(name), environment, missing: build.missing ?? [], windows: build.windows ?? false },
      ...{ abortAt: build.abortAt ?? null, causes: build.causes ?? null },
      credentials: Object.fromEntries(Object.entries(credentials).filter(([id]) => build.hidden?.includes(id) !== true)),
    };
  }

  return {
    folder,
    async run<Name extends string>(builds: Readonly<Record<Name, BuildToRun>>) {
      const lanes = new Map<string, object[]>();
      for (const [name, build] of Object.entries<BuildToRun>(builds)) {
        const lane = (build.after === undefined ? undefined : lanes.get(build.after)) ?? [];
        lane.push(await describeBuild(name, build));
        lanes.set(name, lane);
      }
      const file = join(folder, 'builds.jsonl');
      await writeFile(file, [...new Set(lanes.values())].map((lane) => `${JSON.stringify(lane)}\n`).join(''));
      const lines = await runGroovy(file);
      const ran = lines.map((line) => JSON.parse(line) as Omit<RanBuild, 'folder' | 'platform'> & { readonly name: string });
      return Object.fromEntries(ran.map((build) => [build.name, { ...build, folder: workspaceOf(build.name), platform: platforms.get(build.name) }])) as unknown as Readonly<Record<Name, RanBuild>>;
    },
    async close() {
      for (const emulator of new Set(platforms.values())) await emulator.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** What the builds of the examples leave: artifacts, and a script that makes them. */
async function prepareWorkspace(workspace: string): Promise<void> {
  for (const file of ['build/shop.jar', 'shop/build/shop.jar', 'stock/build/stock.jar', `a, "b" $HOME/it's.jar`]) {
    await mkdir(join(workspace, dirname(file)), { recursive: true });
    await writeFile(join(workspace, file), `content of ${file}`);
  }
  await writeFile(join(workspace, 'build.sh'), '#!/bin/sh\necho built\n');
  await chmod(join(workspace, 'build.sh'), 0o755);
}

/** The command line as a program that a shell finds, on the Node that the tests run on. */
async function putCliOnPath(programs: string): Promise<string> {
  await mkdir(join(programs, '..', 'home'), { recursive: true });
  await mkdir(programs, { recursive: true });
  await symlink(process.execPath, join(programs, 'node'));
  await symlink(join(PACKAGE, 'node_modules', 'verapipe', 'dist', 'main.js'), join(programs, 'verapipe'));
  return programs;
}

/** @returns the lines that it printed: one for each build */
function runGroovy(buildsFile: string): Promise<readonly string[]> {
  const groovy = findOnPath('groovy');
  const java = findOnPath('java');
  if (groovy === null || java === null) throw new Error('Groovy is missing.');
  const classPath = [join(PACKAGE, 'test', 'groovy'), join(PACKAGE, 'src')].join(delimiter);
  // Debian's launcher takes no Java from the PATH.
  const env = { ...process.env, JAVA_HOME: process.env['JAVA_HOME'] ?? dirname(dirname(realpathSync(java))), JAVA_OPTS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC', LC_ALL: 'C.UTF-8' };
  const child = spawn(groovy, ['-cp', classPath, '-c', 'UTF-8', join(PACKAGE, 'test', 'groovy', 'run.groovy'), join(PACKAGE, 'vars'), buildsFile], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(stdout.split('\n').filter((line) => line.startsWith('{')));
      else reject(new Error(`Groovy ended with ${String(code)}:\n${stdout}\n${stderr}`));
    });
  });
}

function findOnPath(program: string): string | null {
  const found = (process.env['PATH'] ?? '').split(delimiter).find((folder) => existsSync(join(folder, program)));
  return found === undefined ? null : join(found, program);
}
