import { expiryNotice, wholeDaysLeft } from '../../credentials/expiry.js';
import { type Check, failure, ok, skipped, warning } from '../check.js';

const ADVICE = 'Make a new pair (`verapipe credentials rotate`) and update the secrets of the CI.';

/** When the credentials end. */
export const expiry: Check = {
  id: 'expiry',
  title: 'End of the credentials',
  needs: ['access'],
  async run({ run, ownCredentials }) {
    const own = await ownCredentials();
    const nowMs = run.clock.now();
    if (own.revoked) return failure('the pair has been revoked', ADVICE);
    const days = wholeDaysLeft(own, nowMs);
    if (days === null || own.expiresAt === null) return skipped('the platform names no end');
    const line = `${days < 0 ? 'ended' : `${String(days)} days left, until`} ${own.expiresAt}`;
    if (days < 0) return failure(line, ADVICE);
    return expiryNotice(own, nowMs) === null ? ok(line) : warning(line, ADVICE);
  },
};
