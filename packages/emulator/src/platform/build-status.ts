import type { BuildStatus } from '../scenarios/vocabulary.js';
import type { BuildRecord, ModuleRecord, ScanRecord } from './state.js';

/** Groups of states that allow the same calls. */
export type BuildPhase =
  | 'incomplete'
  | 'prescan-running'
  | 'prescan-succeeded'
  | 'prescan-ended-badly'
  | 'scan-running'
  | 'scan-ended-badly'
  | 'published';

const phaseOfStatus: Readonly<Record<BuildStatus, BuildPhase>> = {
  Incomplete: 'incomplete',
  'Pre-Scan Submitted': 'prescan-running',
  'Pre-Scan Success': 'prescan-succeeded',
  'Pre-Scan Failed': 'prescan-ended-badly',
  'Pre-Scan Cancelled': 'prescan-ended-badly',
  'No Modules Defined': 'prescan-ended-badly',
  'Not Submitted to Engine': 'scan-running',
  'Submitted to Engine': 'scan-running',
  'Scan In Process': 'scan-running',
  'Scan On Hold': 'scan-running',
  'Pending Internal Review': 'scan-running',
  'Pending Vendor Confirmation': 'scan-running',
  'Vendor Reviewing': 'scan-running',
  'Scan Errors': 'scan-ended-badly',
  'Scan Internal Error': 'scan-ended-badly',
  'Scan Cancelled': 'scan-ended-badly',
  'Results Ready': 'published',
};

/** What decides about calls. Unlike the visible status it knows at once of a prescan that was just accepted. */
export function buildPhase(build: BuildRecord, nowMs: number): BuildPhase {
  const status = buildStatus(build, nowMs);
  return status === 'Incomplete' && build.prescan !== null ? 'prescan-running' : phaseOfStatus[status];
}

/** The value of `analysis_unit/@status` at a moment. */
export function buildStatus(build: BuildRecord, nowMs: number): BuildStatus {
  if (build.held !== null) {
    const over = build.held.untilMs !== null && nowMs >= build.held.untilMs;
    return over ? 'Results Ready' : build.held.status;
  }
  const { prescan } = build;
  if (prescan === null || nowMs < prescan.visibleAtMs) {
    return 'Incomplete';
  }
  if (prescan.endsAtMs === null || nowMs < prescan.endsAtMs) {
    return 'Pre-Scan Submitted';
  }
  const scan = begunScan(build, nowMs);
  return scan === null ? prescan.end : (scan.stages.findLast(({ fromMs }) => fromMs <= nowMs)?.status ?? prescan.end);
}

/** The scan, once it has begun. */
export function begunScan(build: BuildRecord, nowMs: number): ScanRecord | null {
  return build.scan !== null && build.scan.begunAtMs <= nowMs ? build.scan : null;
}

/** When results were published; null while they are not. */
export function publishedAtMs(build: BuildRecord, nowMs: number): number | null {
  if (buildStatus(build, nowMs) !== 'Results Ready') {
    return null;
  }
  if (build.held !== null) {
    return build.held.untilMs ?? build.held.sinceMs;
  }
  return build.scan?.stages.at(-1)?.fromMs ?? null;
}

/** Has the policy been evaluated? */
export function policyIsKnown(build: BuildRecord, nowMs: number): boolean {
  if (publishedAtMs(build, nowMs) === null) {
    return false;
  }
  return build.scan === null || (build.scan.policyKnownAtMs !== null && nowMs >= build.scan.policyKnownAtMs);
}

/** Has the prescan come to an end, so that modules can be listed? */
export function prescanEnded(build: BuildRecord, nowMs: number): boolean {
  const endsAtMs = build.prescan?.endsAtMs ?? null;
  return endsAtMs !== null && nowMs >= endsAtMs;
}

/** The modules that the scan takes in. */
export function scannedModules(build: BuildRecord): readonly ModuleRecord[] {
  const ids = new Set(build.scan?.moduleIds ?? []);
  return build.prescan?.modules.filter(({ id }) => ids.has(id)) ?? [];
}
