import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { RunningEmulator } from '@verapipe/emulator';

import { IN_COMMAND, OTHER, type PairChange } from './credential-changes.js';
import { endingAt, GIVEN_FD, isLocalStep } from './dies-at.js';
import { judgePairKill } from './judge-pair-kill.js';
import type { JudgedKill } from './judged-kill.js';
import type { KillCell } from './kill-cell.js';
import { type CliOptions, type EndedCli, holdMoment, inKillWorld, type KillWorld, orEnded, startCli, type StartedCli, untilMoment, untilNothingIsLate } from './kill-world.js';

const WATCH_MS = 10;

/** Keeps what it gets, and then takes its time, as a secret store behind a network does. */
const STORE = `import fs from 'node:fs';
let pair = '';
for await (const piece of process.stdin) pair += piece;
fs.writeFileSync('stored.part', pair, { mode: 0o600 });
fs.renameSync('stored.part', 'stored.env');
for (let i = 0; fs.existsSync('slow') && i < 6000; i += 1) await new Promise((go) => setTimeout(go, 10));
`;

/** A home folder with the pair that signs, and the command that is given in it. */
interface PairWorld {
  readonly world: KillWorld;
  readonly cwd: string;
  readonly change: PairChange;
}

/** Kills a command that makes a pair, asks for the status, and gives the same command again. */
export function runPairKillCell(cell: KillCell, change: PairChange, folder: string): Promise<JudgedKill> {
  return inPairWorld(cell, change, folder, async (given) => {
    const { world, cwd } = given;
    const { emulator } = world;
    const before = emulator.snapshot().credentials.length;
    const made = (): number => emulator.snapshot().credentials.length - before;
    await killThere(given);
    emulator.faults.clear();
    // The store goes on without its feeder.
    if (cell.step === IN_COMMAND) await rm(join(cwd, 'slow'));
    await untilStoreIsDone(given);

    const phase = change.moments.find(({ step, nth, moment }) => step === cell.step && nth === cell.nth && moment === cell.moment)?.phase ?? 'unmade';
    const madeFirst = made();
    const working = await workingPlaces(given);
    const statusCode = (await startCli(world, ['credentials', 'status', '--platform-url', emulator.url], cwd, optionsOf(cwd)).ended).exitCode;
    const { exitCode } = await give(given, change.kind, 'second.env');
    const isLost = change.kind === 'generate' && exitCode === 4 && !(await isInPlace(given));
    const cureCode = isLost ? (await give(given, 'rotate --user', 'third.env')).exitCode : null;
    const facts = { phase, change, madeFirst, working, statusCode, exitCode, cureCode, isInPlace: await isInPlace(given), made: made(), stray: await strayPairs(given) };
    const why = judgePairKill(facts);
    return { ...cell, outcome: why.length > 0 ? 'WRONG' : exitCode === 3 ? 'locked out' : 'resumed', exitCode, why };
  });
}

/** Gives the command once, and nothing happens to it. @returns the steps that it took on its own machine */
export function localStepsOf(change: PairChange, folder: string): Promise<readonly string[]> {
  const cell: KillCell = { variant: change.name, step: 'none', nth: 1, moment: 'before', signal: 'SIGKILL', goingOn: 'same command' };
  return inPairWorld(cell, change, folder, async (given) => {
    const trace = join(given.cwd, 'trace.json');
    const { exitCode, stderr } = await give(given, change.kind, 'first.env', await endingAt(given.cwd, { step: null, nth: 1, moment: 'before', trace }));
    if (exitCode !== 0) throw new Error(`It ended with ${String(exitCode)}:\n${stderr}`);
    return JSON.parse(await readFile(trace, 'utf8')) as readonly string[];
  });
}

function inPairWorld<T>(cell: KillCell, change: PairChange, folder: string, work: (given: PairWorld) => Promise<T>): Promise<T> {
  return inKillWorld(cell, folder, async (world) => {
    const { emulator } = world;
    const cwd = join(folder, 'home');
    await mkdir(join(cwd, '.veracode'), { recursive: true });
    await writeFile(profileOf(cwd), `[default]\nveracode_api_key_id = ${emulator.apiId}\nveracode_api_key_secret = ${emulator.apiKey}\n`, { mode: 0o600 });
    await writeFile(join(cwd, 'store.mjs'), STORE);
    return work({ world, cwd, change });
  });
}

async function killThere(given: PairWorld): Promise<void> {
  const { world, cwd, change } = given;
  const { step, nth, moment } = world.cell;
  if (isLocalStep(step)) {
    const { exitCode, stderr } = await give(given, change.kind, 'first.env', await endingAt(cwd, { step, nth, moment }));
    if (exitCode !== -1) throw new Error(`The moment never came (exit code ${String(exitCode)}):\n${stderr}`);
    return;
  }
  if (step === IN_COMMAND) await writeFile(join(cwd, 'slow'), '');
  else holdMoment(world);
  await withCli(given, { kind: change.kind, file: 'first.env', env: {} }, async (cli) => {
    await (step === IN_COMMAND ? untilStored(cli, cwd) : untilMoment(world, cli));
    cli.process.kill('SIGKILL');
    await cli.ended;
    await untilNothingIsLate(world);
  });
}

interface Giving {
  readonly kind: PairChange['kind'];
  /** What the descriptor leads to; each process has its own, lest opening it empties what another has written. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

function give(given: PairWorld, kind: PairChange['kind'], file: string, env: Giving['env'] = {}): Promise<EndedCli> {
  return withCli(given, { kind, file, env }, (cli) => cli.ended);
}

async function withCli<T>({ world, cwd, change }: PairWorld, { kind, file, env }: Giving, work: (cli: StartedCli) => Promise<T>): Promise<T> {
  const profile = change.kind === 'rotate' ? 'default' : OTHER;
  const places = {
    profile: ['--to-profile', profile],
    command: ['--to-command', JSON.stringify([process.execPath, 'store.mjs'])],
    descriptor: ['--to-fd', String(GIVEN_FD)],
  };
  const words = kind === 'rotate' ? ['rotate', '--yes'] : [kind === 'generate' ? 'generate' : 'rotate', '--user', OTHER];
  const args = ['credentials', ...words, ...places[change.place], '--platform-url', world.emulator.url];
  const handle = change.place === 'descriptor' ? await open(join(cwd, file), 'w', 0o600) : null;
  try {
    const { env: home } = optionsOf(cwd);
    return await work(startCli(world, args, cwd, { env: { ...home, ...env }, ...(handle === null ? {} : { descriptor: handle.fd }) }));
  } finally {
    await handle?.close();
  }
}

function optionsOf(cwd: string): CliOptions {
  return { env: { HOME: cwd, USERPROFILE: cwd, VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' } };
}

async function untilStored(cli: StartedCli, cwd: string): Promise<void> {
  let isStored = false;
  void (async () => {
    while (!isStored && !cli.hasEnded()) {
      isStored = (await textOf(join(cwd, 'stored.env'))) !== '';
      await pause(WATCH_MS);
    }
  })();
  await orEnded(cli, () => isStored);
}

/** A store that was started and fed nothing still comes to its end, and writes so much. */
async function untilStoreIsDone({ world: { cell }, cwd }: PairWorld): Promise<void> {
  if (cell.step !== 'spawn' || cell.moment !== 'after') return;
  while (!(await readdir(cwd)).includes('stored.env')) await pause(WATCH_MS);
}

/** Where a pair of the account is that the platform accepts: the truth, without asking over the wire. */
async function workingPlaces({ world: { emulator }, cwd, change }: PairWorld): Promise<readonly string[]> {
  const nowMs = emulator.clock.wallMs();
  const good = emulator.snapshot().credentials.filter(({ endsAtMs, revokedAtMs }) => (endsAtMs === null || endsAtMs > nowMs) && revokedAtMs === null);
  const profile = change.kind === 'rotate' ? 'default' : OTHER;
  const paths = [profileOf(cwd), `${profileOf(cwd)}.unfinished-${profile}`, ...storesOf(cwd)];
  const texts = await Promise.all(paths.map(async (path) => [path, await textOf(path)] as const));
  return texts.flatMap(([path, text]) => (good.some(({ apiId }) => text.includes(apiId)) ? [path] : []));
}

async function isInPlace({ world: { emulator }, cwd, change }: PairWorld): Promise<boolean> {
  const newest = newestOf(emulator, change);
  const texts = await Promise.all((change.place === 'profile' ? [profileOf(cwd)] : storesOf(cwd)).map(textOf));
  return texts.some((text) => text.includes(newest.apiId) && text.includes(newest.apiKey));
}

function newestOf(emulator: RunningEmulator, { kind }: PairChange): { readonly apiId: string; readonly apiKey: string } {
  const found = emulator.credentialsNow().find(({ userName }) => userName === (kind === 'rotate' ? 'admin' : OTHER));
  if (found === undefined) throw new Error('The account has no pair.');
  return found;
}

/** A secret that lies about where nobody looks for it. */
async function strayPairs({ cwd }: PairWorld): Promise<readonly string[]> {
  return (await readdir(join(cwd, '.veracode'))).filter((name) => name !== 'credentials');
}

const profileOf = (cwd: string): string => join(cwd, '.veracode', 'credentials');
const storesOf = (cwd: string): readonly string[] => ['stored.env', 'first.env', 'second.env', 'third.env'].map((name) => join(cwd, name));

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
