import { decodeDynamicFlaw, decodeStaticFlaw } from '../../codecs/rest-documents/flaw-details.js';
import { unexpectedShape } from '../../codecs/rest.js';
import type { DynamicFlawDetails, StaticFlawDetails } from '../../domain/flaw-details.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { withQuery } from './query.js';
import { callRest } from './rest-call.js';

const PATH = '/appsec/v2/applications/{guid}/findings/{issue}';
const GET_STATIC_FLAW: Operation = { name: `GET ${PATH}/static_flaw_info`, idempotent: true, reads: true, limitClass: 'rest' };
const GET_DYNAMIC_FLAW: Operation = { name: `GET ${PATH}/dynamic_flaw_info`, idempotent: true, reads: true, limitClass: 'rest' };
/** The calls of this file. */
export const FLAW_DETAIL_OPERATIONS = [GET_STATIC_FLAW, GET_DYNAMIC_FLAW];

/** One finding of the newest published scan of a place. @public */
export interface FindingPlace {
  readonly applicationGuid: string;
  /** Null: the policy scans. */
  readonly sandboxGuid: string | null;
  /** The id of the `Finding`. */
  readonly findingId: string;
}

/**
 * Reads the data paths of a static finding. One call for each finding, so ask only for those that are worth it.
 *
 * @operation GET /appsec/v2/applications/{guid}/findings/{issue}/static_flaw_info (idempotent)
 * @throws AuthorizationError, ProtocolError, ServiceError (no such static finding), and the errors of the transport
 * @see docs.veracode.com "Static Finding Data Path REST API"
 * @public
 */
export function getStaticFlawDetails(client: VeracodeClient, place: FindingPlace, call: CallOptions = {}): Promise<StaticFlawDetails> {
  return callRest(client, {
    operation: GET_STATIC_FLAW,
    method: 'GET',
    path: withQuery(pathOf(place, 'static_flaw_info'), { context: place.sandboxGuid }),
    call,
    decode: (answer) => expected(decodeStaticFlaw(answer, GET_STATIC_FLAW.name), place, GET_STATIC_FLAW.name),
  });
}

/**
 * Reads request and response of a dynamic finding of the policy scans; the service knows of no sandboxes here.
 *
 * @operation GET /appsec/v2/applications/{guid}/findings/{issue}/dynamic_flaw_info (idempotent)
 * @throws AuthorizationError, ProtocolError, ServiceError (no such dynamic finding), and the errors of the transport
 * @see docs.veracode.com "Dynamic Flaw REST API"
 * @public
 */
export function getDynamicFlawDetails(client: VeracodeClient, place: Omit<FindingPlace, 'sandboxGuid'>, call: CallOptions = {}): Promise<DynamicFlawDetails> {
  return callRest(client, {
    operation: GET_DYNAMIC_FLAW,
    method: 'GET',
    path: pathOf(place, 'dynamic_flaw_info'),
    call,
    decode: (answer) => expected(decodeDynamicFlaw(answer, GET_DYNAMIC_FLAW.name), place, GET_DYNAMIC_FLAW.name),
  });
}

function pathOf({ applicationGuid, findingId }: Omit<FindingPlace, 'sandboxGuid'>, call: string): string {
  return `/appsec/v2/applications/${encodeURIComponent(applicationGuid)}/findings/${encodeURIComponent(findingId)}/${call}`;
}

function expected<T extends { readonly findingId: string }>(details: T, { findingId }: Pick<FindingPlace, 'findingId'>, operation: string): T {
  if (details.findingId !== findingId) throw unexpectedShape(operation, 'the finding that was asked for');
  return details;
}
