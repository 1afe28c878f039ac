import { optionalNumber, requireText } from '../../codecs/rest.js';
import type { CustomFieldName } from '../../domain/application-profile.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { readPages } from './pages.js';

const PATH = '/appsec/v1/custom_fields';

const LIST_CUSTOM_FIELDS: Operation = { name: `GET ${PATH}`, idempotent: true, reads: true, limitClass: 'rest' };
/** The calls of this file. */
export const CUSTOM_FIELD_OPERATIONS = [LIST_CUSTOM_FIELDS];

/**
 * Lists the custom fields that application profiles of the account can have. A name that is not among them is refused
 * where a profile is made or changed.
 *
 * @operation GET /appsec/v1/custom_fields (idempotent)
 * @throws AuthorizationError, ProtocolError (also when the pages do not add up: `count-mismatch`), and the errors of the
 *   transport
 * @see docs.veracode.com "Applications API"
 * @public
 */
export function listCustomFieldNames(client: VeracodeClient, call: CallOptions = {}): AsyncIterable<CustomFieldName> {
  return readPages(client, {
    operation: LIST_CUSTOM_FIELDS,
    path: PATH,
    element: 'app_custom_field_names',
    call,
    decode: (field) => ({ name: requireText(field, 'name', LIST_CUSTOM_FIELDS.name), sortOrder: optionalNumber(field, 'sort_order') }),
    keyOf: ({ name }) => name,
  });
}
