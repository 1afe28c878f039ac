import { getBuildInfo } from '../api/xml/builds.js';
import { getPrescanResults } from '../api/xml/prescans.js';
import { beginScan } from '../api/xml/scans.js';
import type { BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { isOtherTransaction } from './begin-prescan.js';
import { changeOnce } from './change-once.js';
import { lookingAgain } from './late-reads.js';
import { readPast } from './read-as-written.js';
import { expectBuild, readBuild } from './read-build.js';
import type { Run } from './run.js';
import { contextOf, type ScanWork } from './scan-work.js';
import { selectModules } from './select-modules.js';

/**
 * Selects modules of the finished prescan and begins their scan, exactly once.
 *
 * @throws ScanFailedError `no-module-selected`; ConflictError `strangers-build`
 */
export async function beginScanOnce(run: Run, work: ScanWork): Promise<BuildInfo> {
  const context = contextOf(work);
  const buildId = work.place.build.id;
  const results = await lookingAgain(run, () => getPrescanResults(run.client, { ...context, buildId }, run.call));
  expectBuild('getprescanresults.do', results.buildId, buildId);
  const { modules, names } = selectModules(results, run.modules);
  run.emit({ type: 'modules', selected: names, total: results.modules.length });

  await run.record('scan', 'began');
  const info = await changeOnce<BuildInfo>(run, {
    async act(call) {
      // The call names no build and takes the newest of the context.
      const latest = await getBuildInfo(run.client, context, run.call);
      expectBuild('getbuildinfo.do', latest?.id ?? 'none', buildId);
      const answer = await beginScan(run.client, { ...context, modules }, call);
      expectBuild('beginscan.do', answer.id, buildId);
      return answer;
    },
    async readBack(call) {
      const read = await readBuild(run, context, buildId, call);
      return phaseOf(read.status) === 'prescanned' ? undefined : read;
    },
    askWriter: (call) => readPast(run, { context, build: work.place.build, phase: 'prescanned' }, call),
    // A scan that runs cannot be begun again.
    repeat: 'refused',
    showsLate: true,
    isPassing: isOtherTransaction,
  });
  await run.record('scan', 'done');
  return info;
}
