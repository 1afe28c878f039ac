import type { JournalEntry, PipelineScanView } from '@verapipe/emulator';

import type { Cell } from './cells.js';
import { FITTING_CODES, type JudgedCell } from './judge-cell.js';

/** What a run of the pipeline scan came to: the scan that it says it has proven, or its exit code. */
export type PipelineEnd = { readonly provenScanId: string; readonly exitCode: 0 } | { readonly provenScanId: null; readonly exitCode: number };

/** What is known of a cell. */
export interface PipelineCellFacts {
  readonly cell: Cell;
  readonly end: PipelineEnd;
  /** After the run, before the next one. */
  readonly scans: readonly PipelineScanView[];
  readonly journal: readonly JournalEntry[];
  /** The next run of the job; null when none was needed. */
  readonly next: PipelineEnd | null;
}

/** How many segments the file of a cell has. */
export const SEGMENTS = 2;

const CREATE = 'POST /pipeline_scan/v1/scans';

/** Judges a cell of the pipeline scan by the platform's state and journal. Pure. */
export function judgePipelineCell({ cell, end, scans, journal, next }: PipelineCellFacts): JudgedCell {
  const why = [...actedTwice(scans, journal), ...(end.exitCode === 0 ? notDone(scans, end.provenScanId) : notLoud(scans, end, next))];
  return { ...cell, outcome: why.length > 0 ? 'WRONG' : end.exitCode === 0 ? 'healed' : 'loud', exitCode: end.exitCode, why };
}

/** Only a scan whose id was lost may be made again, and it is never started. */
function actedTwice(scans: readonly PipelineScanView[], journal: readonly JournalEntry[]): readonly string[] {
  const started = scans.filter(({ timesStarted }) => timesStarted > 0);
  const lost = journal.filter(({ operation, acted, faults }) => operation === CREATE && acted && faults.length > 0).length;
  return [
    started.length > 1 || started.some(({ timesStarted }) => timesStarted > 1) ? `${started.length} scans were started` : null,
    scans.length > lost + 1 ? `${scans.length} scans were made, ${lost} of them lost` : null,
    scans.some(({ segments }) => segments.length > SEGMENTS) ? 'a segment was taken in twice' : null,
  ].filter((fault) => fault !== null);
}

/** Green means: the scan that was proven has every segment, was started, and ended well. */
function notDone(scans: readonly PipelineScanView[], provenScanId: string | null): readonly string[] {
  const scan = scans.find(({ id }) => id === provenScanId);
  if (scan === undefined) return ['the proven scan is not there'];
  const { status, segments, timesStarted } = scan;
  return status === 'SUCCESS' && segments.length === SEGMENTS && timesStarted === 1 ? [] : [`the proven scan is at ${status} with ${segments.length} segments, started ${timesStarted} times`];
}

function notLoud(scans: readonly PipelineScanView[], { exitCode }: PipelineEnd, next: PipelineEnd | null): readonly string[] {
  return [
    FITTING_CODES.includes(exitCode) ? null : `it ended with ${exitCode}`,
    next?.exitCode === 0 ? null : `the next run ended with ${next?.exitCode ?? 'nothing'}`,
    scans.some(({ status }) => status === 'STARTED') ? 'a scan was left running' : null,
  ].filter((fault) => fault !== null);
}
