import { downloadDetailedReport } from '../api/xml/reports.js';
import type { DetailedReport } from '../codecs/detailed-report.js';
import { readDetailedReport } from '../codecs/detailed-report-stream.js';
import type { BuildInfo } from '../domain/build.js';
import { isRefusal, ProtocolError } from '../kernel/errors.js';
import { readBuild } from './read-build.js';
import { reportContradictions } from './report-contradictions.js';
import type { Run } from './run.js';
import { contextOf, type ScanWork } from './scan-work.js';

/** Downloads of a published report that is refused as not there yet. */
const MAX_DOWNLOADS = 4;

/** A report that agrees with itself and with the build as it was read last. */
export interface CollectedReport {
  readonly report: DetailedReport;
  readonly build: BuildInfo;
}

/**
 * Downloads the detailed report of a finished build and checks its counts. A report that contradicts itself, or the
 * build, is fetched once more, if the deadline leaves time for it: the platform computes it anew each time.
 *
 * @throws ProtocolError `report-contradicts` when the last one is no better; `no-report` when there is none
 */
export async function collectReport(run: Run, work: ScanWork, build: BuildInfo): Promise<CollectedReport> {
  const first = await download(run, build.id);
  const contradictions = reportContradictions(first, build);
  const [contradiction] = contradictions;
  if (contradiction === undefined) return { report: first, build };
  if (run.pollIntervalMs >= run.deadline.remainingMs()) throw contradicting(build.id, contradictions);

  run.emit({ type: 'warning', message: `The report of build ${build.id} cannot be trusted (${contradiction}); it is read once more.` });
  await run.client.clock.sleep(run.pollIntervalMs, run.call.signal);
  const again = await readBuild(run, contextOf(work), build.id);
  const second = await download(run, build.id);
  const stillThere = reportContradictions(second, again);
  if (stillThere.length === 0) return { report: second, build: again };
  throw contradicting(build.id, stillThere);
}

async function download(run: Run, buildId: string): Promise<DetailedReport> {
  for (let downloads = 1; ; downloads += 1) {
    try {
      await downloadDetailedReport(run.client, { buildId, file: run.reportFile }, run.call);
      return await readDetailedReport(run.reportFile);
    } catch (error) {
      if (!isNotThereYet(error)) throw error;
      if (downloads === MAX_DOWNLOADS || run.pollIntervalMs >= run.deadline.remainingMs()) throw noReport(buildId, error);
      await run.client.clock.sleep(run.pollIntervalMs, run.call.signal);
    }
  }
}

function isNotThereYet(error: unknown): boolean {
  return isRefusal(error) && /no report available/iu.test(error.platformText);
}

function contradicting(buildId: string, contradictions: readonly string[]): ProtocolError {
  return new ProtocolError(`The detailed report of build ${buildId} cannot be trusted: ${contradictions.join('; ')}.`, {
    code: 'report-contradicts',
    context: { operation: 'detailedreport.do' },
    advice: "The scan itself is done. Run again with --resume; if it stays, open a case with the vendor's support.",
  });
}

function noReport(buildId: string, cause: unknown): ProtocolError {
  return new ProtocolError(`The results of build ${buildId} are published, but the platform has no detailed report.`, {
    code: 'no-report',
    cause,
    context: { operation: 'detailedreport.do' },
    advice: 'Run again with --resume in some minutes.',
  });
}
