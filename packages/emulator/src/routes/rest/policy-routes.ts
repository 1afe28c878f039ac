import type { ApiCall, Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import { graceDays } from '../../platform/policy-status.js';
import { allPolicies, guidOf, legacyPolicyId, type World } from '../../platform/world.js';
import { isBuiltIn, type PolicySpec } from '../../scenarios/policy-schema.js';
import { severities } from '../../scenarios/vocabulary.js';
import { restTime } from '../dates.js';
import type { Parameters } from '../parameters.js';
import { halPage, readPage } from './paging.js';
import { apiOrigin, jsonResponse, restRoute, RestProblem } from './rest-route.js';

const collection = '/appsec/v1/policies';
const filters = ['category', 'legacy_policy_id', 'name', 'name_exact', 'public_policy', 'vendor_policy'];
/** Nobody asks when a policy was made; it must only be the same every time. */
const createdAtMs = Date.UTC(2019, 4, 9, 12);

/** Policies of the account over REST: the scenario's and the built-in ones. */
export function restPolicyRoutes(world: World): Route[] {
  return [
    restRoute({
      method: 'GET',
      path: collection,
      parameters: [...filters, 'page', 'size'],
      answer(parameters, call) {
        demandRight(call.account, 'view-over-rest');
        const hits = allPolicies(world.scenario).filter((policy) => matches(world, policy, parameters));
        const query = new URLSearchParams(filters.flatMap((name) => given(parameters, name)));
        const link = {
          url: `${apiOrigin(call)}${collection}`,
          query,
          template: [...filters, 'page', 'size'].filter((name) => !query.has(name)).join(','),
          render: (policy: PolicySpec): object => policyJson(world, policy, policy.version, call),
        };
        return jsonResponse(halPage('policy_versions', hits, readPage(parameters), link));
      },
    }),
    restRoute({
      method: 'GET',
      path: `${collection}/{guid}`,
      parameters: [],
      answer(_, call, { guid }) {
        demandRight(call.account, 'view-over-rest');
        const policy = demandPolicy(world, guid);
        return jsonResponse(policyJson(world, policy, policy.version, call));
      },
    }),
    restRoute({
      method: 'GET',
      path: `${collection}/{guid}/versions`,
      parameters: ['page', 'size'],
      answer(parameters, call, { guid }) {
        demandRight(call.account, 'view-over-rest');
        const policy = demandPolicy(world, guid);
        // A scenario knows the rules of today only; earlier versions had the same.
        const versions = Array.from({ length: policy.version }, (__, index) => ({ number: policy.version - index }));
        const link = {
          url: `${apiOrigin(call)}${collection}/${guidOf('policy', policy.name)}/versions`,
          query: new URLSearchParams(),
          template: 'page,size',
          render: ({ number }: { readonly number: number }): object => policyJson(world, policy, number, call),
        };
        return jsonResponse(halPage('policy_versions', versions, readPage(parameters), link));
      },
    }),
    restRoute({
      method: 'GET',
      path: `${collection}/{guid}/versions/{version}`,
      parameters: [],
      answer(_, call, { guid, version }) {
        demandRight(call.account, 'view-over-rest');
        const policy = demandPolicy(world, guid);
        const number = Number(version);
        if (!Number.isInteger(number) || number < 1 || number > policy.version) {
          throw new RestProblem(404, 'The requested policy version could not be found');
        }
        return jsonResponse(policyJson(world, policy, number, call));
      },
    }),
  ];
}

function policyJson(world: World, policy: PolicySpec, version: number, call: ApiCall): object {
  const guid = guidOf('policy', policy.name);
  const self = `${apiOrigin(call)}${collection}/${guid}`;
  const isPublic = isBuiltIn(policy);
  return {
    guid,
    version,
    category: 'APPLICATION',
    type: isPublic ? 'BUILTIN' : 'CUSTOMER',
    name: policy.name,
    description: policy.description,
    created: restTime(createdAtMs),
    modified_by: isPublic ? 'Veracode' : 'scenario',
    ...(isPublic ? {} : { organization_id: Number(world.scenario.organization.accountId) }),
    vendor_policy: false,
    custom_severities: [],
    finding_rules: findingRules(policy),
    scan_frequency_rules: [{ scan_type: 'STATIC', frequency: 'NOT_REQUIRED' }],
    ...Object.fromEntries(severities.map((severity) => [`sev${severity}_grace_period`, graceDays(policy, severity)])),
    score_grace_period: 0,
    sca_blacklist_grace_period: 0,
    _links: { self: { href: self }, versions: { href: `${self}/versions{?page,size}`, templated: true } },
  };
}

/** The value of MAX_SEVERITY is the lowest forbidden severity; CWEs stand in one text, with commas. */
function findingRules({ forbiddenSeverity, forbiddenCwes }: PolicySpec): object[] {
  const rule = (type: string, value: string): object => ({ type, scan_type: ['STATIC'], value });
  return [
    ...(forbiddenSeverity === undefined ? [] : [rule('MAX_SEVERITY', String(forbiddenSeverity))]),
    ...(forbiddenCwes.length === 0 ? [] : [rule('CWE', forbiddenCwes.join(','))]),
  ];
}

/** Names match in part unless `name_exact` says otherwise. All policies are of applications, none is of a vendor. */
function matches(world: World, policy: PolicySpec, parameters: Parameters): boolean {
  const category = parameters.word('category', ['APPLICATION', 'COMPONENT']) ?? 'APPLICATION';
  const legacyId = parameters.id('legacy_policy_id');
  const withPublic = parameters.flag('public_policy') ?? true;
  return (
    category === 'APPLICATION' &&
    matchesName(policy.name, parameters.text('name'), parameters.flag('name_exact') ?? false) &&
    (legacyId === undefined || String(legacyPolicyId(world.scenario, policy.name)) === legacyId) &&
    (withPublic || !isBuiltIn(policy)) &&
    parameters.flag('vendor_policy') !== true
  );
}

function matchesName(name: string, wanted: string | undefined, exact: boolean): boolean {
  if (wanted === undefined) {
    return true;
  }
  return exact ? name === wanted : name.toLowerCase().includes(wanted.toLowerCase());
}

function given(parameters: Parameters, name: string): [string, string][] {
  const value = parameters.text(name);
  return value === undefined ? [] : [[name, value]];
}

function demandPolicy(world: World, guid: string | undefined): PolicySpec {
  const policy = allPolicies(world.scenario).find(({ name }) => guidOf('policy', name) === guid);
  if (policy === undefined) {
    throw new RestProblem(404, 'The requested policy could not be found');
  }
  return policy;
}
