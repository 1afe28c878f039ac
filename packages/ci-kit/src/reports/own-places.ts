import { thoseAmong } from '../files/same-file.js';
import type { RequestedReport, RequestedReports } from './requested-reports.js';

/** Files whose place no report may take, absolute. */
export interface TakenPlaces {
  readonly read: readonly string[];
  readonly written: readonly string[];
  /** Makes a path as it is shown. */
  readonly shown: (path: string) => string;
}

/** Drops each report that would take the place of another file, whatever name leads there. Reads the disk only. */
export async function reportsInOwnPlaces({ reports, issues }: RequestedReports, { read, written, shown }: TakenPlaces): Promise<RequestedReports> {
  const paths = reports.map(({ path }) => path);
  const reading = await thoseAmong(paths, read);
  const writing = await thoseAmong(paths, written);
  const isTaken = ({ path }: RequestedReport): boolean => reading.includes(path) || writing.includes(path);
  const faults = reports.filter(isTaken).map(({ path }) => ({
    path: 'report',
    got: `${shown(path)}, which this run ${reading.includes(path) ? 'reads' : 'writes already'}`,
    wanted: 'a file of its own for each report',
  }));
  return { reports: reports.filter((report) => !isTaken(report)), issues: [...issues, ...faults] };
}
