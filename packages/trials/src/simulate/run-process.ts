import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readOptions, runScan, runWait, type RunResult, type Setting } from '@verapipe/ci-kit';
import { AbortedError, createUndiciHttpClient, type HttpClient } from '@verapipe/core';
import type { BuildView, Emulator } from '@verapipe/emulator';

import type { Dice } from '../world/dice.js';
import { createJoinedClient } from '../world/joined-client.js';
import { createProcess, type SimulatedProcess } from '../world/simulated-process.js';
import { createSocketClient } from '../world/socket-client.js';
import type { VirtualTime } from '../world/virtual-time.js';
import type { Disturbance, PipelinePlan } from './plan.js';
import type { Plant } from './plants.js';
import type { ProcessRecord } from './seed-record.js';

/** One world while it lasts. */
export interface World {
  readonly dice: Dice;
  readonly time: VirtualTime;
  readonly emulator: Emulator;
  /** Address of the emulator; null where it is joined to the client without sockets. */
  readonly url: string | null;
  readonly folder: string;
  readonly plant: Plant | null;
  readonly processes: ProcessRecord[];
  readonly said: string[];
}

/** What one process is to do. */
export interface Job {
  readonly pipeline: ProcessRecord['pipeline'];
  readonly account: 0 | 1;
  readonly workspace: string;
  readonly buildNumber: number;
  readonly command: 'scan' | 'wait';
  readonly settings: readonly Setting[];
  readonly files: PipelinePlan['files'];
  readonly disturbance: Disturbance | null;
}

/**
 * Starts the real workflow as a process of a world, disturbs it, and writes down how it ended.
 *
 * @returns null when the process was killed
 */
export async function runProcess(world: World, job: Job): Promise<RunResult | null> {
  const { time, processes, said } = world;
  const startMs = time.elapsedMs();
  const buildsBefore = new Set(buildsOf(world).map(({ id }) => id));
  await writeFiles(job);
  const process = createProcess(time);
  const polls: { atMs: number; waitingFor: string }[] = [];
  const cancelling = new AbortController();
  const over = new AbortController();
  disturb(job.disturbance, { time, process, cancelling, over: over.signal });

  const env = environmentOf(world, job);
  const settings = [...job.settings, ...(job.command === 'wait' ? [] : inputsOf(job)), ...placeOf(world)];
  const run = (job.command === 'wait' ? runWait : runScan)({
    options: readOptions(job.command, settings, env),
    env,
    cwd: job.workspace,
    homeDir: job.workspace,
    platform: 'linux',
    signal: cancelling.signal,
    clock: process.clock,
    random: world.dice.apart(`process ${processes.length}`),
    httpClient: clientOf(world, job, process),
    logger: { debug: (message, fields) => said.push(message, JSON.stringify(fields ?? null)), warn: (message) => said.push(message) },
    onEvent(event) {
      said.push(JSON.stringify(event));
      if (event.type === 'poll') polls.push({ atMs: time.elapsedMs(), waitingFor: event.waitingFor });
    },
  });
  const result = await Promise.race([process.whileAlive(run), process.killed.then(() => null)]);
  over.abort(new Error('over'));
  if (result !== null) said.push(JSON.stringify({ ...result, scan: null }));
  processes.push({
    pipeline: job.pipeline,
    command: job.command,
    settings: job.settings,
    disturbance: job.disturbance,
    startMs,
    endMs: time.elapsedMs(),
    result,
    polls,
    files: job.files.map(({ name, content }) => ({ name, sha256: createHash('sha256').update(content).digest('hex') })),
    newBuilds: buildsOf(world).flatMap(({ id }) => (buildsBefore.has(id) ? [] : [id])),
    judgedBuild: judgedBuild(world, result),
  });
  said.push(await textOf(join(job.workspace, '.verapipe', 'scan.json')), await textOf(join(job.workspace, 'verapipe-results.json')));
  return result;
}

function buildsOf({ emulator }: World): readonly BuildView[] {
  return emulator.snapshot().applications.flatMap(({ builds }) => builds);
}

function judgedBuild(world: World, result: RunResult | null): BuildView | null {
  if (result === null || result.kind === 'unjudged' || result.kind === 'tolerated') return null;
  return buildsOf(world).find(({ id }) => id === result.scan.build.id) ?? null;
}

function clientOf(world: World, job: Job, process: SimulatedProcess): HttpClient {
  let requests = 0;
  const { disturbance } = job;
  const onRequest = (moment: 'arrives' | 'is-answered'): void => {
    if (moment === 'arrives') requests += 1;
    if (disturbance?.kind === 'kill-at-request' && disturbance.request === requests && disturbance.moment === moment) process.kill();
  };
  const { time, emulator, url } = world;
  const dice = world.dice.apart(`wire ${world.processes.length} ${job.pipeline}`);
  const client =
    url === null
      ? createJoinedClient({ handle: emulator.handle, process, dice, onRequest })
      : createSocketClient({ network: createUndiciHttpClient(), time, process, onRequest });
  return world.plant?.client(client) ?? client;
}

interface Disturbed {
  readonly time: VirtualTime;
  readonly process: SimulatedProcess;
  readonly cancelling: AbortController;
  /** Aborts when the process has ended by itself. */
  readonly over: AbortSignal;
}

function disturb(disturbance: Disturbance | null, { time, process, cancelling, over }: Disturbed): void {
  if (disturbance === null || disturbance.kind === 'kill-at-request') return;
  time.sleep(disturbance.afterMs, over).then(
    () => {
      if (disturbance.kind === 'kill-at') process.kill();
      else if (disturbance.kind === 'cancel') cancelling.abort(new AbortedError('SIGTERM', { code: 'cancelled' }));
      else process.jumpClock(disturbance.byMs);
    },
    () => undefined,
  );
}

/** The artifacts as a job finds them: same bytes, other times. */
async function writeFiles({ workspace, files }: Job): Promise<void> {
  await mkdir(workspace, { recursive: true });
  for (const { name, content } of files) await writeFile(join(workspace, name), content);
}

function inputsOf({ files }: Job): readonly Setting[] {
  return [{ name: 'app', value: 'Shop' }, ...files.map(({ name }) => ({ name: 'file', value: name }))];
}

/** On this machine status could be asked for every second: the worlds are to be like those of users. */
function placeOf({ url }: World): readonly Setting[] {
  return url === null ? [] : [{ name: 'platform-url', value: url }, { name: 'poll-interval', value: '120' }];
}

function environmentOf({ emulator }: World, { account, pipeline, buildNumber }: Job): Record<string, string> {
  const { apiId = '', apiKey = '' } = emulator.credentials[account] ?? {};
  return {
    VERACODE_API_KEY_ID: apiId,
    VERACODE_API_KEY_SECRET: apiKey,
    JENKINS_URL: 'https://ci.example.com/',
    JOB_NAME: pipeline === 'rival' ? 'rival' : 'ours',
    BUILD_NUMBER: String(buildNumber),
  };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}
