import type { BuildView, Emulator } from '@verapipe/emulator';

import type { VirtualTime } from '../world/virtual-time.js';
import type { PersonalAct } from './plan.js';

/** Somebody at the platform's site, who does what comes to mind with the newest build. */
export async function actInUi(acts: readonly PersonalAct[], time: VirtualTime, emulator: Emulator): Promise<void> {
  for (const { atMs, act } of acts) {
    await time.sleep(atMs - time.elapsedMs());
    try {
      perform(act, emulator);
    } catch {
      // The site does not offer what is not possible at this moment.
    }
  }
}

function perform(act: PersonalAct['act'], emulator: Emulator): void {
  const { interventions } = emulator;
  const application = emulator.snapshot().applications.find(({ deleted }) => !deleted);
  if (application === undefined) return;
  if (act === 'create-build') {
    interventions.createBuild({ applicationId: application.id, name: 'by hand' });
    return;
  }
  const build: BuildView | undefined = application.builds.findLast(({ deleted }) => !deleted);
  if (build === undefined) return;
  if (act === 'delete-build') interventions.deleteBuild(build.id);
  else if (act === 'cancel-build') interventions.cancelBuild(build.id);
  else if (act === 'stick-prescan') interventions.stickPrescan(build.id);
  else if (act === 'fail-scan') interventions.failScan(build.id);
  else interventions.delayPolicy(build.id, 3600);
}
