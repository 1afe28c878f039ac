import { beginPrescan, type PrescanChoices } from '../api/xml/prescans.js';
import type { BuildInfo } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import type { RefusedError } from '../kernel/errors.js';
import { changeOnce } from './change-once.js';
import { readPast } from './read-as-written.js';
import { expectBuild, readBuild } from './read-build.js';
import type { Run } from './run.js';
import { contextOf, type ScanWork } from './scan-work.js';
import { selectsByItself } from './select-modules.js';

/**
 * Begins the prescan of the run's build, exactly once.
 *
 * When the platform selects by itself what is wanted, the scan follows without another call: one action instead of
 * many. `auto_scan` is always sent, because without it the platform repeats the choice of the last scan.
 */
export async function beginPrescanOnce(run: Run, work: ScanWork): Promise<BuildInfo> {
  const context = contextOf(work);
  const buildId = work.place.build.id;
  await run.record('prescan', 'began');
  const info = await changeOnce<BuildInfo>(run, {
    async act(call) {
      const answer = await beginPrescan(run.client, { ...context, ...prescanChoices(run.modules) }, call);
      expectBuild('beginprescan.do', answer.id, buildId);
      return answer;
    },
    async readBack(call) {
      const read = await readBuild(run, context, buildId, call);
      return phaseOf(read.status) === 'editing' ? undefined : read;
    },
    askWriter: (call) => readPast(run, { context, build: work.place.build, phase: 'editing' }, call),
    // A prescan that runs cannot be begun again.
    repeat: 'refused',
    showsLate: true,
    isPassing: isOtherTransaction,
  });
  await run.record('prescan', 'done');
  return info;
}

/** What the platform is to do after the prescan. */
export function prescanChoices(modules: Run['modules']): PrescanChoices {
  if (!selectsByItself(modules)) return { autoScan: false };
  return { autoScan: true, scanAllNonfatalTopLevelModules: true, includeNewModules: true };
}

/** The platform is still busy with the upload. @see issue 38 of veracode/veracode-api-py */
export function isOtherTransaction(error: RefusedError): boolean {
  return /updated by another transaction/iu.test(error.platformText);
}
