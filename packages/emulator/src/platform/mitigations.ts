import type { EmulatedAccount } from '../exchange.js';
import type { MitigationActionName } from '../scenarios/vocabulary.js';
import { demandRight } from './access.js';
import { isLatest } from './builds.js';
import { createBuildResults, type BuildResults } from './findings/build-results.js';
import type { Finding } from './findings/finding.js';
import type { LocatedBuild } from './lookup.js';
import { PlatformRefusal } from './refusal.js';
import type { World } from './world.js';

/** Mitigations of some findings; ids that the build has not are told apart instead of failing the call. */
export interface MitigationAnswer {
  readonly results: BuildResults;
  readonly findings: readonly Finding[];
  readonly errors: readonly { readonly type: 'not_found' | 'invalid_action'; readonly issueIds: readonly string[] }[];
}

export function readMitigations(world: World, account: EmulatedAccount, located: LocatedBuild, issueIds: readonly string[]): MitigationAnswer {
  demandRight(account, 'read-results');
  const results = demandResults(world, located);
  const { findings, missing } = findFindings(results, issueIds);
  return { results, findings, errors: missing.length === 0 ? [] : [{ type: 'not_found', issueIds: missing }] };
}

/** Adds one entry per finding. Decisions need a proposal and another right than proposals. */
export function addMitigation(
  world: World,
  account: EmulatedAccount,
  located: LocatedBuild,
  input: { readonly issueIds: readonly string[]; readonly action: MitigationActionName; readonly comment: string },
): MitigationAnswer {
  const isDecision = input.action === 'accepted' || input.action === 'rejected';
  demandRight(account, isDecision ? 'approve-mitigations' : 'propose-mitigations');
  const nowMs = world.clock.emulatedMs();
  const results = demandResults(world, located);
  if (!isLatest(located, nowMs)) {
    throw new PlatformRefusal(`Build ${located.build.id} is not the latest build.`);
  }
  const { findings, missing } = findFindings(results, input.issueIds);
  const [possible, impossible] = partition(findings, (finding) => !isDecision || results.mitigationStatus(finding) === 'proposed');
  for (const finding of possible) {
    const history = (located.application.mitigations[String(finding.issueId)] ??= []);
    history.push({ action: input.action, comment: input.comment, by: account.userName, atMs: nowMs });
  }
  const refused = impossible.map(({ issueId }) => String(issueId));
  return {
    results,
    findings: possible,
    errors: [
      ...(missing.length === 0 ? [] : [{ type: 'not_found' as const, issueIds: missing }]),
      ...(refused.length === 0 ? [] : [{ type: 'invalid_action' as const, issueIds: refused }]),
    ],
  };
}

function demandResults(world: World, { application, build }: LocatedBuild): BuildResults {
  const results = createBuildResults(application, build, world.clock.emulatedMs());
  if (results === null) {
    throw new PlatformRefusal('No report available.');
  }
  return results;
}

function findFindings(results: BuildResults, issueIds: readonly string[]): { findings: Finding[]; missing: string[] } {
  const findings: Finding[] = [];
  const missing: string[] = [];
  for (const issueId of issueIds) {
    const finding = results.source.find(Number(issueId));
    if (finding === undefined) {
      missing.push(issueId);
    } else {
      findings.push(finding);
    }
  }
  return { findings, missing };
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
