import type { EmulatedAccount } from '../exchange.js';
import { demandRight } from './access.js';
import { recordEvent } from './build-events.js';
import { buildPhase, publishedAtMs } from './build-status.js';
import { demandState, freeBuildName, isLatest } from './builds.js';
import { currentBuild, findBuild, type ScanContext } from './lookup.js';
import { accessDenied, PlatformRefusal } from './refusal.js';
import { removeSandbox } from './sandboxes.js';
import type { BuildRecord, SandboxRecord } from './state.js';
import { takeId, type World } from './world.js';

const sixtyDaysMs = 60 * 86_400_000;

export type PromotedBuild = ScanContext & { readonly sandbox: SandboxRecord; readonly build: BuildRecord };

/** Copies the newest scan of a sandbox to the policy scans. The copy shows up after the scenario's `promotionSeconds`. */
export function promoteBuild(
  world: World,
  account: EmulatedAccount,
  input: { readonly buildId: string; readonly deleteSandbox: boolean },
): PromotedBuild {
  demandRight(account, 'manage-sandboxes');
  const nowMs = world.clock.emulatedMs();
  const located = findBuild(world, account, input.buildId);
  if (located === undefined) {
    throw accessDenied();
  }
  const { application, sandbox, build } = located;
  if (sandbox === null) {
    throw new PlatformRefusal(`Build ${build.id} is not a sandbox scan.`);
  }
  if (!isLatest(located, nowMs)) {
    throw new PlatformRefusal(`Build ${build.id} is not the latest scan of its sandbox.`);
  }
  demandState('promote', build, nowMs);
  demandPromotable(world, { application, sandbox: null }, build, nowMs);
  const copy = copyForPolicy(world, account, { application, sandbox: null }, build);
  application.builds.push(copy);
  build.promotedTo = copy.id;
  recordEvent(build, 'promoted', { by: account.userName, atMs: nowMs, detail: copy.id });
  if (input.deleteSandbox) {
    removeSandbox({ application, sandbox }, { by: account.userName, atMs: nowMs });
  }
  return { application, sandbox, build: copy };
}

function demandPromotable(world: World, policyContext: ScanContext, build: BuildRecord, nowMs: number): void {
  if (build.promotedTo !== null) {
    throw new PlatformRefusal(`Build ${build.id} has already been promoted.`);
  }
  if (nowMs - (publishedAtMs(build, nowMs) ?? nowMs) > sixtyDaysMs) {
    throw new PlatformRefusal(`Build ${build.id} is older than 60 days.`);
  }
  const policyBuild = currentBuild(policyContext, nowMs);
  if (policyBuild !== undefined && buildPhase(policyBuild, nowMs) !== 'published') {
    throw new PlatformRefusal(`Build ${build.id} cannot be promoted while the policy scan ${policyBuild.id} is unfinished.`);
  }
}

function copyForPolicy(world: World, account: EmulatedAccount, { application }: ScanContext, build: BuildRecord): BuildRecord {
  const nowMs = world.clock.emulatedMs();
  return {
    ...structuredClone(build),
    id: String(takeId(world, 'build')),
    sandboxId: null,
    name: freeBuildName(application, `${build.name} Promoted`),
    createdAtMs: nowMs,
    visibleFromMs: nowMs + world.scenario.settings.promotionSeconds * 1000,
    events: [{ kind: 'created', by: account.userName, atMs: nowMs, detail: `promoted from ${build.id}` }],
  };
}
