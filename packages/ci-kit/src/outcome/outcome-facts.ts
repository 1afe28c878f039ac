import type { ScanResults } from '@verapipe/reports';

import type { FileJudgement } from '../judging/file-judgement.js';

/** What later steps of a pipeline ask of a command that has ended; what it does not have is null. @public */
export interface OutcomeFacts {
  readonly verdict: ScanResults['verdict'] | null;
  /** Id of the scan on the platform; of a pipeline scan its own. */
  readonly scanId: string | null;
  /** Build id on the platform; null for a pipeline scan. */
  readonly buildId: string | null;
  /** Page of the scan on the platform. */
  readonly platformLink: string | null;
  readonly findingsTotal: number | null;
  readonly openVeryHigh: number | null;
  readonly openHigh: number | null;
  readonly openMedium: number | null;
  readonly openLow: number | null;
  readonly openVeryLow: number | null;
  readonly openInformational: number | null;
}

/** The facts of a run's results, else of what a file was judged to be. Pure. @public */
export function outcomeFacts(results: ScanResults | null, judgement: FileJudgement | null): OutcomeFacts {
  const scan = results?.scan ?? null;
  const counts = results?.counts ?? judgement?.counts ?? null;
  const open = counts?.openBySeverity;
  return {
    verdict: results?.verdict ?? judgement?.verdict ?? null,
    scanId: scan?.id ?? judgement?.scanId ?? null,
    buildId: scan === null || scan.kind === 'pipeline' ? null : scan.id,
    platformLink: scan?.url ?? null,
    findingsTotal: counts?.total ?? null,
    openVeryHigh: open?.[5] ?? null,
    openHigh: open?.[4] ?? null,
    openMedium: open?.[3] ?? null,
    openLow: open?.[2] ?? null,
    openVeryLow: open?.[1] ?? null,
    openInformational: open?.[0] ?? null,
  };
}
