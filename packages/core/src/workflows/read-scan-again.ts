import { getBuildInfo } from '../api/xml/builds.js';
import type { BuildContext, BuildInfo } from '../domain/build.js';
import { NotFoundError } from '../kernel/errors.js';
import { downloadReportOf } from './download-report-of.js';
import type { CallingRun } from './run.js';

/** A scan that was read before, and where its report goes. @public */
export interface ScanToReadAgain extends BuildContext {
  readonly buildId: string;
  /** Path of the file; an existing one is replaced. */
  readonly file: string;
}

/**
 * Reads a scan again, as the platform knows it now: its state and evaluation, and its detailed report, which is written to
 * a file. Two calls. The evaluation is taken from the build, because the report of a sandbox may speak of the application.
 *
 * @throws NotFoundError `build-not-found`; ProtocolError `another-report`; LocalError; the errors of the calls
 * @public
 */
export async function readScanAgain(run: CallingRun, { buildId, applicationId, sandboxId, file }: ScanToReadAgain): Promise<BuildInfo> {
  const build = await getBuildInfo(run.client, { applicationId, sandboxId, buildId }, run.call);
  if (build === null) {
    throw new NotFoundError(`Build ${buildId} of application ${applicationId} is not on the platform, or this account cannot see it.`, {
      code: 'build-not-found',
      context: { operation: 'getbuildinfo.do' },
      advice: 'It may have been deleted, with its sandbox for instance. Scan again.',
    });
  }
  await downloadReportOf(run, { buildId, applicationId, file });
  return build;
}
