import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import type { BuildView, ScenarioInput } from '@verapipe/emulator';

import { notDoneOnce } from '../faults/judge-cell.js';
import type { KillCell } from './kill-cell.js';
import { type EndedCli, inKillWorld, type KillWorld, orEnded, scanArguments, startCli, type StartedCli, startUntilMoment, writeArtifacts } from './kill-world.js';

/** A CI kills a job about ten seconds after its signal; the contract says five. */
const MUST_END_WITHIN_MS = 5000;
/** Sooner than anything that is waited for. */
const AT_ONCE_MS = 2000;
const CANCELLED = 130;

const NEXT_RUN = 18;

/** What came of a cell: the exit code of the process that went on, and what is wrong. */
interface SignalEnd {
  readonly exitCode: number;
  readonly why: readonly string[];
}

/** Sends the real CLI a signal that it hears, and looks at what it leaves behind. */
export function runSignalCell(cell: KillCell, folder: string): Promise<SignalEnd> {
  switch (cell.goingOn) {
    case 'second signal':
      return inKillWorld(cell, folder, signalTwice);
    case 'deleted':
      return inKillWorld(cell, folder, signalAndDelete, withEndlessScan());
    case 'not deleted':
      return inKillWorld(cell, folder, signalAttached, withEndlessScan());
    case 'as printed':
    case 'resume':
    case 'clean workspace':
    case 'wait':
    case 'same command':
      return inKillWorld(cell, folder, signalAndGoOn);
  }
}

/** Goes on as the process said. */
async function signalAndGoOn(world: KillWorld): Promise<SignalEnd> {
  const { emulator, folder, variant } = world;
  const cwd = join(folder, 'first');
  const end = await cancel(await startUntilMoment(world, cwd));
  emulator.faults.clear();
  const command = printedCommand(end.stderr);
  // A scan that was not refused may be on the platform, whether its answer came or not.
  const isSaid = command !== null || !emulator.journal().some(({ operation, refusal }) => operation === 'createbuild.do' && refusal === null);
  const { exitCode } = await startCli(world, command === null ? scanArguments(world) : commandArguments(world, command), cwd).ended;
  const wrong = notDoneOnce(variant, { snapshot: emulator.snapshot(), journal: emulator.journal() });
  return { exitCode, why: [...end.why, ...(isSaid ? [] : ['it did not say how to go on']), ...notZero(exitCode), ...wrong] };
}

/** The first signal waits for a deletion that stalls, the second does not. */
async function signalTwice(world: KillWorld): Promise<SignalEnd> {
  const { emulator, folder, variant } = world;
  const cwd = join(folder, 'first');
  const cli = await startUntilMoment(world, cwd, ['--on-cancel', 'delete']);
  emulator.faults.set({ operation: 'getbuildinfo.do', kind: 'stall', count: 'all' });
  cli.process.kill('SIGTERM');
  await orEnded(cli, () => emulator.journal().some(({ operation }) => operation === 'getbuildinfo.do'));
  const end = await cancel(cli, AT_ONCE_MS);
  emulator.faults.clear();
  const { exitCode } = await startCli(world, [...scanArguments(world), '--resume'], cwd).ended;
  return { exitCode, why: [...end.why, ...notZero(exitCode), ...notDoneOnce(variant, { snapshot: emulator.snapshot(), journal: emulator.journal() })] };
}

/** The scan of the run goes, everything else stays, and the next run finds nothing in its way. */
async function signalAndDelete(world: KillWorld): Promise<SignalEnd> {
  const { cell, emulator, folder, variant } = world;
  const end = await cancel(await startUntilMoment(world, join(folder, 'first'), ['--on-cancel', 'delete']));
  emulator.faults.clear();
  const left = ownBuilds(world).filter(({ deleted }) => !deleted).map(({ name }) => `${name} was not deleted`);
  const before = emulator.journal().length;
  const next = join(folder, 'next');
  await writeArtifacts(next, cell);
  const { exitCode } = await startCli(world, scanArguments(world), next, { run: NEXT_RUN }).ended;
  const snapshot = emulator.snapshot();
  const living = { ...snapshot, applications: snapshot.applications.map((application) => ({ ...application, builds: application.builds.filter(({ deletedBy, name }) => deletedBy === null || !isOurs(name)) })) };
  return { exitCode, why: [...end.why, ...left, ...notZero(exitCode), ...notDoneOnce(variant, { snapshot: living, journal: emulator.journal().slice(before) })] };
}

/** A run that only attached to the scan of an earlier attempt leaves it alone. */
async function signalAttached(world: KillWorld): Promise<SignalEnd> {
  const { cell, emulator, folder } = world;
  const first = await startUntilMoment(world, join(folder, 'first'));
  first.process.kill('SIGKILL');
  await first.ended;
  emulator.faults.clear();
  const second = join(folder, 'second');
  await writeArtifacts(second, cell);
  const cli = startCli(world, [...scanArguments(world), '--on-cancel', 'delete'], second);
  await orEnded(cli, () => cli.stderr().includes('status "Scan In Process"'));
  const end = await cancel(cli);
  const builds = ownBuilds(world);
  const wrong = builds.length === 1 && builds[0]?.deleted === false ? [] : ['the scan of the earlier attempt was deleted, or made again'];
  return { exitCode: end.exitCode, why: [...end.why, ...wrong] };
}

async function cancel(cli: StartedCli, withinMs = MUST_END_WITHIN_MS): Promise<EndedCli & { readonly why: readonly string[] }> {
  const startMs = performance.now();
  cli.process.kill('SIGTERM');
  const end = await cli.ended;
  const tookMs = performance.now() - startMs;
  const why = [
    end.exitCode === CANCELLED ? null : `the signal ended it with ${end.exitCode}`,
    tookMs <= withinMs ? null : `it took ${Math.round(tookMs)} ms to end`,
  ].filter((reason) => reason !== null);
  return { ...end, why };
}

function printedCommand(stderr: string): string | null {
  const [, attach, repeat] = /^ {2}(?:verapipe (wait .+)|(the same command, with --resume))$/mu.exec(stderr) ?? [];
  return attach ?? repeat ?? null;
}

/** Nothing in these commands needs quotes. */
function commandArguments(world: KillWorld, command: string): readonly string[] {
  return command.startsWith('wait ') ? command.split(' ') : [...scanArguments(world), '--resume'];
}

/** The scan of run 17 never ends; that of the next run does. */
function withEndlessScan(): ScenarioInput {
  return {
    scans: [{ scanName: '* 17*', scanOutcome: 'never-ends' }, { prescanSeconds: 240, scanSeconds: 900, findings: 'typical', policy: { evaluation: 'Pass' } }],
    applications: [{ name: 'Shop', builds: [{ name: 'release' }] }],
  };
}

function ownBuilds({ emulator }: KillWorld): readonly BuildView[] {
  return emulator.snapshot().applications.flatMap(({ builds }) => builds.filter(({ name }) => isOurs(name)));
}

function isOurs(name: string): boolean {
  return name.startsWith('jenkins ');
}

function notZero(exitCode: number): readonly string[] {
  return exitCode === 0 ? [] : [`it ended with ${exitCode}`];
}
