import type { PipelineScanView } from '@verapipe/emulator';

/** The findings of every scan fail the gate. */
const VERDICT = 1;

/** What is known after a killed pipeline scan and a second one. */
export interface PipelineKillFacts {
  /** Of the second process. */
  readonly exitCode: number;
  /** Ids of the scans that the killed process has made. */
  readonly killed: ReadonlySet<string>;
  readonly scans: readonly PipelineScanView[];
  /** The scan of whose results the second process has written a file. */
  readonly written: string | null;
}

/** The second process has made and judged a scan of its own, and no scan was started twice. Pure. */
export function judgePipelineKill({ exitCode, killed, scans, written }: PipelineKillFacts): readonly string[] {
  const own = scans.find(({ id }) => id === written);
  return [
    exitCode === VERDICT ? null : `it ended with ${exitCode}`,
    own === undefined ? 'there are no results of a scan that is there' : null,
    own !== undefined && killed.has(own.id) ? 'the results are those of the killed scan' : null,
    own === undefined || isWhole(own) ? null : `its scan is at ${own.status} with ${own.segments.length} segments, started ${own.timesStarted} times`,
    scans.some(({ timesStarted }) => timesStarted > 1) ? 'a scan was started twice' : null,
    scans.length > 2 ? `${scans.length} scans were made` : null,
  ].filter((fault) => fault !== null);
}

function isWhole({ status, segments, segmentsExpected, timesStarted }: PipelineScanView): boolean {
  return status === 'SUCCESS' && segments.length === segmentsExpected && timesStarted === 1;
}
