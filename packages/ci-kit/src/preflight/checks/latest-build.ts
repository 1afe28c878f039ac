import { findBuildInTheWay, type BuildPhase } from '@verapipe/core';

import { type Check, failure, ok, skipped, warning } from '../check.js';
import { hasApplication, NO_PROFILE_YET } from './application.js';
import { sandboxIdOf } from './sandbox.js';

/** Whether an unfinished scan keeps the next one from being made. */
export const latestBuild: Check = {
  id: 'latest-build',
  title: 'Latest scan',
  needs: ['application', 'sandbox'],
  purposes: ['scan'],
  async run(context) {
    if (context.run.options.app === null) return skipped('no --app is given');
    if (!(await hasApplication(context))) return skipped(NO_PROFILE_YET);
    const sandboxId = await sandboxIdOf(context);
    if (sandboxId === undefined) return skipped('there is no sandbox yet to look into');
    const { found } = await context.application();
    const sandboxModifiedAt = sandboxId === null ? null : ((await context.sandboxes()).find((sandbox) => sandbox.sandboxId === sandboxId)?.modifiedAt ?? null);
    const inTheWay = await findBuildInTheWay(context.calling(), { applicationId: found.applicationId, sandboxId, sandboxModifiedAt });
    if (inTheWay === null) return ok('nothing is in the way of a new scan');
    const { sentence, advice, phase, build } = inTheWay;
    const cure = cureOf(context.run.options, phase, build.status);
    return cure === null ? failure(sentence, advice) : warning(sentence, cure);
  },
};

/** What a run would do about it by itself. `own-failed` depends on names that only the run knows. */
function cureOf({ deleteIncomplete, waitTurn }: { readonly deleteIncomplete: string; readonly waitTurn: boolean }, phase: BuildPhase, status: string): string | null {
  const isDeadEnd = phase === 'failed' || phase === 'editing' || status === 'not-submitted-to-engine';
  if (deleteIncomplete === 'any' || (deleteIncomplete === 'not-running' && isDeadEnd)) return `The run would delete it (--delete-incomplete ${deleteIncomplete}).`;
  return waitTurn ? 'The run would queue behind it (--wait-turn).' : null;
}
