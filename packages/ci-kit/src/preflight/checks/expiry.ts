import { expiryNotice, wholeDaysLeft } from '../../credentials/expiry.js';
import { signingPair, type SigningPair } from '../../credentials/signing-pair.js';
import { type Check, failure, ok, skipped, warning } from '../check.js';

const ADVICE = 'Make a new pair (`verapipe credentials rotate`) and update the secrets of the CI.';

/** When the credentials end. */
export const expiry: Check = {
  id: 'expiry',
  title: 'End of the credentials',
  needs: ['access'],
  async run({ run, connection, ownCredentials }) {
    const own = signingPair(await ownCredentials(), connection.choice);
    const nowMs = run.clock.now();
    if (own.newer !== null) return superseded(own.newer);
    if (own.revoked) return failure('the pair has been revoked', ADVICE);
    const days = wholeDaysLeft(own, nowMs);
    if (days === null || own.expiresAt === null) return skipped('the platform names no end');
    const line = `${days < 0 ? 'ended' : `${String(days)} days left, until`} ${own.expiresAt}`;
    if (days < 0) return failure(line, ADVICE);
    return expiryNotice(own, nowMs) === null ? ok(line) : warning(line, ADVICE);
  },
};

/** It works today: a failure would stop the pipeline that still can run. */
function superseded({ apiId, revoked }: NonNullable<SigningPair['newer']>): ReturnType<typeof warning> {
  const line = `superseded by the newer pair ${apiId}${revoked ? ', which is revoked' : ''}: it ends within 24 hours of that one's making`;
  return warning(line, revoked ? ADVICE : 'Hand the newer pair to this job, or make another (`verapipe credentials rotate`).');
}
