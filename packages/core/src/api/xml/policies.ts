import { POLICYLIST } from '../../codecs/documents/account.js';
import type { CallOptions } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { callXml, xmlOperation } from './xml-call.js';

const LIST_POLICY_NAMES = xmlOperation('/api/5.0/getpolicylist.do', { idempotent: true, reads: true });

/** The calls of this file. */
export const POLICY_OPERATIONS = [LIST_POLICY_NAMES];

/**
 * Lists the names of the account's policies. The platform joins them with commas, so a name that has a comma arrives
 * in pieces: to look for a name, join the list again.
 *
 * @operation POST /api/5.0/getpolicylist.do (idempotent)
 * @throws AuthorizationError, RefusedError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "getpolicylist.do"
 * @public
 */
export function listPolicyNames(client: VeracodeClient, call: CallOptions = {}): Promise<readonly string[]> {
  return callXml(client, { operation: LIST_POLICY_NAMES, parameters: {}, document: POLICYLIST, call });
}
