import { createBuild, deleteLatestBuild, getBuildInfo, listBuilds, updateBuild } from '../api/xml/builds.js';
import type { Build, BuildContext, BuildInfo } from '../domain/build.js';
import { attach, namesUsed, useOfOwnBuild } from '../workflows/claim-build.js';
import { inTheWay } from '../workflows/make-room.js';
import { readBuild } from '../workflows/read-build.js';
import type { ScanRun } from '../workflows/run.js';
import { scanNames, wayRound } from '../workflows/way-round.js';
import { isToBeMade } from './placeholders.js';
import type { Planning } from './planning.js';

/** The build that a run would work on. */
export interface PlannedBuild {
  /** Null: it is still to be made. */
  readonly info: BuildInfo | null;
  /** True when its files are all there already. */
  readonly isComplete: boolean;
}

/** Plans how a run gets hold of its one build, as `claimBuild` would. */
export async function planBuild(run: ScanRun, planning: Planning, context: BuildContext): Promise<PlannedBuild> {
  const resumed = run.state().build;
  if (resumed !== null) return attached(run, planning, { context, info: await readBuild(run, context, resumed.id) });

  const builds = isToBeMade(context) ? [] : await listBuilds(run.client, context, run.call);
  const own = await planOwnBuilds(run, planning, { context, builds });
  if ('info' in own) return attached(run, planning, { context, info: own.info });

  const used = new Set(own.othersLeft.map(({ name }) => name));
  const name = scanNames(run.request).find((candidate) => !used.has(candidate));
  if (name === undefined) throw namesUsed(run);
  planning.know('build', `"${name}", to be created`);
  const create = (note?: string): Promise<void> => planning.change((client) => createBuild(client, { ...context, name }, run.call), note);
  await planRoom(run, planning, { context, others: own.othersLeft, create });
  await create();
  return { info: null, isComplete: false };
}

/** A build of this run's name that can be gone on with, or the builds that will be left when the dead ones are gone. */
async function planOwnBuilds(
  run: ScanRun,
  planning: Planning,
  { context, builds }: { readonly context: BuildContext; readonly builds: readonly Build[] },
): Promise<{ readonly info: BuildInfo } | { readonly othersLeft: readonly Build[] }> {
  const names = new Set(scanNames(run.request));
  let othersLeft = builds;
  for (const build of builds.filter(({ name }) => names.has(name)).toReversed()) {
    const { use, info } = await useOfOwnBuild(run, context, build);
    if (use === 'attach') return { info };
    // The call takes the newest of the context; a run leaves any other alone.
    const isNewest = othersLeft.every(({ id }) => BigInt(id) <= BigInt(build.id));
    if (use === 'delete' && isNewest) await planDeletion(run, planning, { context, build, note: `build ${build.id} "${build.name}", which has failed` });
    if (use === 'gone' || (use === 'delete' && isNewest)) othersLeft = othersLeft.filter(({ id }) => id !== build.id);
  }
  return { othersLeft };
}

interface Room {
  readonly context: BuildContext;
  /** Builds that will be there still. */
  readonly others: readonly Build[];
  readonly create: (note?: string) => Promise<void>;
}

/** A run learns from the platform's refusal what is in its way, and so makes that call first. */
async function planRoom(run: ScanRun, planning: Planning, { context, others, create }: Room): Promise<void> {
  if (others.length === 0) return;
  const latest = await getBuildInfo(run.client, context, run.call);
  if (latest === null || others.every(({ id }) => id !== latest.id)) return;
  const { id, name, statusText } = latest;
  const way = wayRound(run.request, latest);
  if (way === 'free') return;
  if (way === 'blocked') throw await inTheWay(run, context, latest);
  await create(`refused, because build ${id} "${name}" (${statusText}) is in the way`);
  if (way === 'delete') await planDeletion(run, planning, { context, build: latest, note: `build ${id} "${name}" (${statusText})` });
  else planning.poll('getbuildinfo.do', run.pollIntervalMs, `build ${id} "${name}" (${statusText}) has ended`);
}

/** As `deleteBuild` does it. */
async function planDeletion(
  { call }: ScanRun,
  planning: Planning,
  { context, build: { id, name }, note }: { readonly context: BuildContext; readonly build: Build; readonly note: string },
): Promise<void> {
  await planning.change((client) => updateBuild(client, { ...context, buildId: id, name }, call), 'given the name that it has, to see that it is there');
  await planning.change((client) => deleteLatestBuild(client, context, call), note);
}

async function attached(run: ScanRun, planning: Planning, { context, info }: { readonly context: BuildContext; readonly info: BuildInfo }): Promise<PlannedBuild> {
  planning.know('build', `"${info.name}" (${info.id}), ${info.statusText}, of an earlier attempt`);
  const { artifacts } = await attach(run, context, info);
  return { info, isComplete: artifacts !== null };
}
