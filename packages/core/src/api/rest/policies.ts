import { decodePolicy } from '../../codecs/rest-documents/policy.js';
import type { Policy, PolicyFilters } from '../../domain/policy.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { readPages } from './pages.js';
import { callRest } from './rest-call.js';

const PATH = '/appsec/v1/policies';

const LIST_POLICIES: Operation = { name: `GET ${PATH}`, idempotent: true, reads: true, limitClass: 'rest' };
const GET_POLICY: Operation = { name: `GET ${PATH}/{guid}`, idempotent: true, reads: true, limitClass: 'rest' };
const LIST_VERSIONS: Operation = { name: `GET ${PATH}/{guid}/versions`, idempotent: true, reads: true, limitClass: 'rest' };
const GET_VERSION: Operation = { name: `GET ${PATH}/{guid}/versions/{version}`, idempotent: true, reads: true, limitClass: 'rest' };
/** The calls of this file. */
export const POLICY_VERSION_OPERATIONS = [LIST_POLICIES, GET_POLICY, LIST_VERSIONS, GET_VERSION];

/**
 * Lists the latest versions of the policies that fit all filters. A part of a name is enough unless `nameExact` is
 * set, so whoever looks for one policy compares the names.
 *
 * @operation GET /appsec/v1/policies (idempotent)
 * @throws AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Policy API"
 * @public
 */
export function listPolicyVersions(client: VeracodeClient, filters: PolicyFilters = {}, call: CallOptions = {}): AsyncIterable<Policy> {
  return readPages(client, {
    operation: LIST_POLICIES,
    path: PATH,
    query: {
      category: filters.category,
      legacy_policy_id: filters.legacyPolicyId,
      name: filters.name,
      name_exact: filters.nameExact,
      public_policy: filters.publicPolicy,
      vendor_policy: filters.vendorPolicy,
    },
    element: 'policy_versions',
    call,
    decode: (policy) => decodePolicy(policy, LIST_POLICIES.name),
    keyOf: ({ guid }) => guid,
  });
}

/**
 * Reads the latest version of a policy.
 *
 * @operation GET /appsec/v1/policies/{guid} (idempotent)
 * @throws NotFoundError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Policy API"
 * @public
 */
export function getPolicy(client: VeracodeClient, { guid }: { readonly guid: string }, call: CallOptions = {}): Promise<Policy> {
  return callRest(client, {
    operation: GET_POLICY,
    method: 'GET',
    path: pathOf(guid),
    call,
    decode: (answer) => decodePolicy(answer, GET_POLICY.name),
  });
}

/**
 * Lists all versions of a policy.
 *
 * @operation GET /appsec/v1/policies/{guid}/versions (idempotent)
 * @throws NotFoundError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Policy API"
 * @public
 */
export function listVersionsOfPolicy(
  client: VeracodeClient,
  { guid }: { readonly guid: string },
  call: CallOptions = {},
): AsyncIterable<Policy> {
  return readPages(client, {
    operation: LIST_VERSIONS,
    path: `${pathOf(guid)}/versions`,
    element: 'policy_versions',
    call,
    decode: (policy) => decodePolicy(policy, LIST_VERSIONS.name),
    keyOf: ({ version }) => String(version),
  });
}

/**
 * Reads one version of a policy.
 *
 * @operation GET /appsec/v1/policies/{guid}/versions/{version} (idempotent)
 * @throws NotFoundError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "Policy API"
 * @public
 */
export function getPolicyVersion(
  client: VeracodeClient,
  { guid, version }: { readonly guid: string; readonly version: number },
  call: CallOptions = {},
): Promise<Policy> {
  return callRest(client, {
    operation: GET_VERSION,
    method: 'GET',
    path: `${pathOf(guid)}/versions/${version}`,
    call,
    decode: (answer) => decodePolicy(answer, GET_VERSION.name),
  });
}

function pathOf(guid: string): string {
  return `${PATH}/${encodeURIComponent(guid)}`;
}
