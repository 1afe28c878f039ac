import { describeStatus, isTroubled } from '../../health/describe-status.js';
import { readStatus } from '../../health/read-status.js';
import { type Check, ok, skipped, warning } from '../check.js';

/** What the public status page tells; that it cannot be read is no fault of the platform. */
export const statusPage: Check = {
  id: 'status-page',
  title: 'Status page',
  needs: ['tls'],
  async run({ run, connection }) {
    const read = await readStatus(run, connection.statusPage);
    if ('unknown' in read) return skipped(read.unknown);
    const said = describeStatus(read.status);
    return isTroubled(read.status) ? warning(said, 'Expect failures and long waits until it is over.') : ok(said);
  },
};
