import { findBuildInTheWay, wayOfRun, type RoomRules } from '@verapipe/core';

import { type Check, type CheckResult, failure, ok, skipped, warning } from '../check.js';
import type { PreflightContext } from '../preflight-context.js';
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
    const { sentence, advice, build } = inTheWay;
    const own = `scan "${build.name}" (build ${build.id}, status "${build.statusText}") is this run's own, of an earlier attempt`;
    const { deleteIncomplete } = context.run.options;
    return resultOf(wayOfRun(rulesOf(context), build), { own, sentence, advice, deleteIncomplete });
  },
};

interface Words {
  readonly own: string;
  readonly sentence: string;
  readonly advice: string;
  readonly deleteIncomplete: string;
}

function resultOf(way: ReturnType<typeof wayOfRun>, { own, sentence, advice, deleteIncomplete }: Words): CheckResult {
  switch (way) {
    case 'free':
      return ok('nothing is in the way of a new scan');
    case 'go-on':
      return ok(`${own}: the run goes on with it, where its files are the same`);
    case 'start-over':
      return ok(`${own}: the run deletes it and makes a new one`);
    case 'delete':
      return warning(sentence, `The run would delete it (--delete-incomplete ${deleteIncomplete}).`);
    case 'wait':
      return warning(sentence, 'The run would queue behind it (--wait-turn).');
    case 'blocked':
      return failure(sentence, advice);
  }
}

/** What the scan of the same job would be allowed to do. */
function rulesOf({ names: { scanName, scanNameSuffixes, earlierScanNames }, run: { options } }: PreflightContext): RoomRules {
  return { scanName, scanNameSuffixes, earlierScanNames, deleteIncomplete: options.deleteIncomplete, waitTurn: options.waitTurn, keepFailedBuild: options.keep };
}
