import type { ScanBehaviour } from '../scenarios/scan-rule-schema.js';
import type { BuildStatus } from '../scenarios/vocabulary.js';
import type { ScanRecord, ScanStage } from './state.js';

type ScanOutcome = ScanBehaviour['scanOutcome'];

/** Plans a scan from its beginning: which state holds from which moment on. */
export function scheduleScan(
  behaviour: ScanBehaviour,
  input: { readonly begunBy: string; readonly begunAtMs: number; readonly moduleIds: readonly string[] },
): ScanRecord {
  const stages = stagesOf(behaviour, input.begunAtMs);
  return { ...input, stages, policyKnownAtMs: lastStageFromMs(stages, input.begunAtMs) + behaviour.calculatingSeconds * 1000 };
}

/** When the last state of a scan begins. */
export function lastStageFromMs(stages: readonly ScanStage[], begunAtMs: number): number {
  return stages.at(-1)?.fromMs ?? begunAtMs;
}

function stagesOf(behaviour: ScanBehaviour, begunAtMs: number): ScanStage[] {
  const outcome: ScanOutcome = behaviour.scanOutcome;
  if (outcome === 'not-submitted') {
    return [{ status: 'Not Submitted to Engine', fromMs: begunAtMs }];
  }
  const scanFromMs = begunAtMs + behaviour.queueSeconds * 1000;
  const scanToMs = scanFromMs + behaviour.scanSeconds * 1000;
  const stages: ScanStage[] = [
    { status: 'Submitted to Engine', fromMs: begunAtMs },
    { status: 'Scan In Process', fromMs: scanFromMs },
  ];
  if (outcome === 'never-ends') {
    return stages;
  }
  if (outcome !== 'results-ready') {
    return [...stages, { status: endOf(outcome), fromMs: scanToMs }];
  }
  const readyMs = scanToMs + behaviour.reviewSeconds * 1000;
  const review: ScanStage[] = behaviour.reviewSeconds > 0 ? [{ status: 'Pending Internal Review', fromMs: scanToMs }] : [];
  return [...stages, ...review, { status: 'Results Ready', fromMs: readyMs }];
}

function endOf(outcome: Exclude<ScanOutcome, 'results-ready' | 'never-ends' | 'not-submitted'>): BuildStatus {
  switch (outcome) {
    case 'errors':
      return 'Scan Errors';
    case 'internal-error':
      return 'Scan Internal Error';
    case 'cancelled':
      return 'Scan Cancelled';
    case 'on-hold':
      return 'Scan On Hold';
    case 'pending-review':
      return 'Pending Internal Review';
  }
}
