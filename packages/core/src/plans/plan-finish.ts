import { beginPrescan } from '../api/xml/prescans.js';
import { beginScan, type ScanModules } from '../api/xml/scans.js';
import type { BuildContext } from '../domain/build.js';
import type { BuildPhase } from '../domain/build-status.js';
import { prescanChoices } from '../workflows/begin-prescan.js';
import type { Run } from '../workflows/run.js';
import { selectsByItself } from '../workflows/select-modules.js';
import type { Planning } from './planning.js';

/** Why files are listed once more when nobody can change them any longer. */
const STILL_OURS = 'the build still holds exactly these files';

/** A build whose files are there, and how far it is. */
export interface PlannedWork {
  readonly context: BuildContext;
  readonly phase: BuildPhase;
  /** False where a state names no files, so that there is nothing to compare. */
  readonly knowsFiles: boolean;
}

/** Plans the way from uploaded files to results. */
export async function planFinish(run: Run, planning: Planning, { context, phase, knowsFiles }: PlannedWork): Promise<void> {
  await planPrescan(run, planning, { context, phase });
  if (isBeforeScan(phase)) {
    planning.poll('getbuildinfo.do', run.pollIntervalMs, 'the prescan has ended');
    // A build that waits for its modules already may do so although the platform was to select them.
    if (!selectsByItself(run.modules) || phase === 'prescanned') await planModules(run, planning, context);
  }
  if (phase !== 'finished') planning.poll('getbuildinfo.do', run.pollIntervalMs, 'the results are ready and the policy is evaluated');
  if (knowsFiles) planning.read('getfilelist.do', STILL_OURS);
  planning.read('detailedreport.do', 'findings are read and counted');
}

/** Plans the way from uploaded files to a scan that nobody waits for. */
export async function planSubmission(run: Run, planning: Planning, { context, phase, knowsFiles }: PlannedWork): Promise<void> {
  await planPrescan(run, planning, { context, phase });
  if (isBeforeScan(phase) && !selectsByItself(run.modules)) {
    planning.poll('getbuildinfo.do', run.pollIntervalMs, 'the prescan has ended');
    await planModules(run, planning, context);
  }
  planning.read('getbuildinfo.do', 'the platform shows the submission');
  if (knowsFiles) planning.read('getfilelist.do', STILL_OURS);
}

async function planPrescan(run: Run, planning: Planning, { context, phase }: Omit<PlannedWork, 'knowsFiles'>): Promise<void> {
  if (phase === 'editing') await planning.change((client) => beginPrescan(client, { ...context, ...prescanChoices(run.modules) }, run.call));
}

function isBeforeScan(phase: BuildPhase): boolean {
  return phase === 'editing' || phase === 'prescanning' || phase === 'prescanned';
}

/** Which modules there are shows after the prescan. */
async function planModules(run: Run, planning: Planning, context: BuildContext): Promise<void> {
  planning.read('getprescanresults.do', 'modules are selected');
  await planning.change((client) => beginScan(client, { ...context, modules: modulesOf(run) }, run.call));
}

function modulesOf({ modules: { selection } }: Run): ScanModules {
  if (selection === 'previous') return 'previously-selected';
  return selection === 'top-level' ? 'all-top-level' : { ids: ['{modules}'] };
}
