import { TEAMLIST } from '../../codecs/documents/account.js';
import type { CallOptions } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { callXml, xmlOperation } from './xml-call.js';

const LIST_TEAM_NAMES = xmlOperation('/api/3.0/getteamlist.do', { idempotent: true, reads: true });

/** The calls of this file. */
export const TEAM_OPERATIONS = [LIST_TEAM_NAMES];

/**
 * Lists the names of the account's teams. The vendor calls this API deprecated, and it needs the Admin API role: be
 * ready for a refusal.
 *
 * @operation POST /api/3.0/getteamlist.do (idempotent)
 * @throws AuthorizationError, RefusedError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "getteamlist.do"
 * @public
 */
export function listTeamNames(client: VeracodeClient, call: CallOptions = {}): Promise<readonly string[]> {
  return callXml(client, { operation: LIST_TEAM_NAMES, parameters: {}, document: TEAMLIST, call });
}
