import { z } from 'zod';
import type { ApiCall, Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import { updateApplication, type ProfileFields } from '../../platform/applications.js';
import { visibleApplications } from '../../platform/lookup.js';
import type { ApplicationRecord } from '../../platform/state.js';
import { allPolicies, guidOf, type World } from '../../platform/world.js';
import { defaultPolicyName } from '../../scenarios/policy-schema.js';
import { criticalities } from '../../scenarios/vocabulary.js';
import type { Parameters } from '../parameters.js';
import { applicationJson } from './application-json.js';
import { readJson } from './json-body.js';
import { halPage, readPage } from './paging.js';
import { apiOrigin, jsonResponse, restRoute, RestProblem } from './rest-route.js';

const collection = '/appsec/v1/applications';
const filters = ['name', 'legacy_id', 'tag', 'team', 'business_unit', 'policy', 'policy_guid', 'git_repo_url'];
const nullableText = z.string().nullish();

/** What a PUT must bring: the whole profile; what it leaves out is cleared. Fields that the platform computes are passed over. */
const profileSchema = z.looseObject({
  name: z.string().min(1),
  business_criticality: z.enum(['VERY_HIGH', 'HIGH', 'MEDIUM', 'LOW', 'VERY_LOW']),
  policies: z.array(z.looseObject({ guid: z.string() })).nullish(),
  business_unit: z.looseObject({ guid: z.string().optional(), name: z.string().optional() }).nullish(),
  business_owners: z.array(z.looseObject({ name: nullableText, email: nullableText })).nullish(),
  teams: z.array(z.looseObject({ guid: z.string() })).nullish(),
  custom_fields: z.array(z.looseObject({ name: z.string(), value: z.string() })).nullish(),
  archer_app_name: nullableText,
  description: nullableText,
  tags: nullableText,
  git_repo_url: nullableText,
});
type Profile = z.output<typeof profileSchema>;

/** Application profiles over REST. */
export function restApplicationRoutes(world: World): Route[] {
  return [
    restRoute({
      method: 'GET',
      path: collection,
      parameters: [...filters, 'page', 'size'],
      answer(parameters, call) {
        demandRight(call.account, 'view');
        const hits = visibleApplications(world, call.account).filter((application) => matches(application, parameters));
        const items = hits.map((application) => applicationJson(world, application, call));
        const query = new URLSearchParams(filters.flatMap((name) => given(parameters, name)));
        // The platform's own links have a slash before the question mark; the router takes both spellings.
        const link = { url: `${apiOrigin(call)}${collection}/`, query, template: `page,size,${filters.join(',')}` };
        return jsonResponse(halPage('applications', items, readPage(parameters), link));
      },
    }),
    restRoute({
      method: 'GET',
      path: `${collection}/{guid}`,
      parameters: [],
      answer(_, call, { guid }) {
        demandRight(call.account, 'view');
        return jsonResponse(applicationJson(world, demandApplication(world, call, guid), call));
      },
    }),
    restRoute({
      method: 'PUT',
      path: `${collection}/{guid}`,
      parameters: [],
      async answer(_, call, { guid }) {
        const { profile } = await readJson(call.body, z.looseObject({ profile: profileSchema }));
        const application = demandApplication(world, call, guid);
        const fields = profileFields(world, profile);
        const customFields = customFieldValues(world, profile);
        updateApplication(world, call.account, application.id, { fields });
        application.customFields = customFields;
        return jsonResponse(applicationJson(world, application, call));
      },
    }),
  ];
}

function given(parameters: Parameters, name: string): [string, string][] {
  const value = parameters.text(name);
  return value === undefined ? [] : [[name, value]];
}

/** Names match in part, like the platform's; everything else is compared whole. */
function matches(application: ApplicationRecord, parameters: Parameters): boolean {
  const tests: Readonly<Record<string, (wanted: string) => boolean>> = {
    name: (wanted) => application.name.toLowerCase().includes(wanted.toLowerCase()),
    legacy_id: (wanted) => application.id === wanted,
    tag: (wanted) => application.tags.split(',').some((tag) => tag.trim() === wanted),
    team: (wanted) => application.teams.includes(wanted),
    business_unit: (wanted) => application.businessUnit === wanted,
    policy: (wanted) => application.policyName === wanted,
    policy_guid: (wanted) => guidOf('policy', application.policyName) === wanted,
    git_repo_url: (wanted) => application.repositoryUrl === wanted,
  };
  return Object.entries(tests).every(([name, test]) => {
    const wanted = parameters.text(name);
    return wanted === undefined || test(wanted);
  });
}

function demandApplication(world: World, { account }: ApiCall, guid: string | undefined): ApplicationRecord {
  const application = visibleApplications(world, account).find((candidate) => candidate.guid === guid);
  if (application === undefined) {
    throw new RestProblem(404, 'The requested application could not be found');
  }
  return application;
}

function profileFields(world: World, profile: Profile): ProfileFields {
  const criticality = criticalities.find((word) => word.toUpperCase().replace(' ', '_') === profile.business_criticality);
  const owner = profile.business_owners?.[0];
  return {
    name: profile.name,
    criticality: criticality ?? 'Very High',
    policyName: policyName(world, profile, defaultPolicyName(criticality ?? 'Very High')),
    teams: (profile.teams ?? []).map(({ guid }) => nameBehind('team', world.scenario.teams, guid)),
    businessUnit: businessUnit(world, profile),
    businessOwner: owner?.name ?? '',
    businessOwnerEmail: owner?.email ?? '',
    archerName: profile.archer_app_name ?? '',
    description: profile.description ?? '',
    tags: profile.tags ?? '',
    repositoryUrl: profile.git_repo_url ?? '',
  };
}

function policyName(world: World, { policies }: Profile, fallback: string): string {
  const guid = policies?.[0]?.guid;
  const names = allPolicies(world.scenario).map(({ name }) => name);
  return guid === undefined ? fallback : nameBehind('policy', names, guid);
}

function businessUnit(world: World, { business_unit: unit }: Profile): string {
  if (unit?.guid === undefined) {
    return unit?.name ?? 'Not Specified';
  }
  const known = new Set(['Not Specified', ...world.state.applications.map((application) => application.businessUnit)]);
  return nameBehind('business-unit', [...known], unit.guid);
}

function nameBehind(kind: 'team' | 'policy' | 'business-unit', names: readonly string[], guid: string): string {
  const name = names.find((candidate) => guidOf(kind, candidate) === guid);
  if (name === undefined) {
    throw new RestProblem(400, `There is no ${kind} with the guid ${guid}`);
  }
  return name;
}

function customFieldValues(world: World, { custom_fields: values }: Profile): string[] {
  const names = world.scenario.customFields;
  const unknown = values?.find(({ name }) => !names.includes(name));
  if (unknown !== undefined) {
    throw new RestProblem(400, `There is no custom field ${JSON.stringify(unknown.name)}`);
  }
  return names.map((name) => values?.find((field) => field.name === name)?.value ?? '');
}
