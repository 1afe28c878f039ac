import { type Check, failure, ok, skipped, warning } from '../check.js';
import { hasApplication, NO_PROFILE_YET } from './application.js';
import { sandboxIdOf } from './sandbox.js';

/** @see docs.veracode.com "createsandbox.do": an application can have up to 25; accounts may have another limit */
const LIMIT = 25;
const FEW = 3;

const ADVICE = 'Remove those that nobody needs: `verapipe sandbox sweep`.';

/** How many sandboxes may still be made. */
export const sandboxesLeft: Check = {
  id: 'sandboxes-left',
  title: 'Sandboxes left',
  needs: ['application'],
  purposes: ['scan', 'sandbox'],
  async run(context) {
    const { sandbox, createSandbox, write } = context.run.options;
    if (context.purpose === 'scan' && sandbox === null && !write) return skipped('no --sandbox is given');
    if (context.run.options.app === null) return skipped('no --app is given');
    if (!(await hasApplication(context))) return skipped(NO_PROFILE_YET);
    const used = (await context.sandboxes()).length;
    const left = Math.max(0, LIMIT - used);
    const line = `${String(used)} of ${String(LIMIT)} that the platform documents are used, ${String(left)} left`;
    if (left > FEW) return ok(line);
    const mustMake = write || (createSandbox && (await sandboxIdOf(context)) === undefined);
    return left === 0 && mustMake ? failure(line, ADVICE) : warning(line, ADVICE);
  },
};
