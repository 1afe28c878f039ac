import type { CallOptions, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { callRestForStatus } from './rest-call.js';

/** Asked for without a signature as well, to see whether a host can be reached. */
export const CHECK_HEALTH: Operation = { name: 'GET /healthcheck/status', idempotent: true, reads: true, limitClass: 'rest' };
/** The calls of this file. */
export const HEALTH_OPERATIONS = [CHECK_HEALTH];

/**
 * Asks whether the REST services are up. The call is signed like every other, so that its success also proves the
 * credentials. Documented for the commercial region; elsewhere `getOwnCredentials` proves as much.
 *
 * @operation GET /healthcheck/status (idempotent)
 * @throws AuthenticationError, ServiceError, ProtocolError (a page of somebody else, with status 200), and the errors of the transport
 * @see docs.veracode.com "Veracode REST APIs healthcheck"
 * @public
 */
export function checkHealth(client: VeracodeClient, call: CallOptions = {}): Promise<void> {
  return callRestForStatus(client, { operation: CHECK_HEALTH, method: 'GET', path: '/healthcheck/status', call });
}
