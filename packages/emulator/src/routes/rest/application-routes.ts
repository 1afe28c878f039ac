import { z } from 'zod';
import type { ApiCall, Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import { createApplication, deleteApplication, updateApplication, type ProfileFields } from '../../platform/applications.js';
import { visibleApplications } from '../../platform/lookup.js';
import type { ApplicationRecord } from '../../platform/state.js';
import { allPolicies, guidOf, type World } from '../../platform/world.js';
import { defaultPolicyName } from '../../scenarios/policy-schema.js';
import { criticalities, type Criticality } from '../../scenarios/vocabulary.js';
import { applicationFilters, filterApplications, readFilters } from './application-filters.js';
import { applicationJson } from './application-json.js';
import { readJson } from './json-body.js';
import { halPage, readPage } from './paging.js';
import { apiOrigin, emptyResponse, jsonResponse, restRoute, RestProblem } from './rest-route.js';

const collection = '/appsec/v1/applications';
const nullableText = z.string().nullish();

/** What a POST or PUT must bring: the whole profile; what it leaves out is cleared. Fields that the platform computes are passed over. */
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
      parameters: [...applicationFilters, 'page', 'size'],
      answer(parameters, call) {
        demandRight(call.account, 'view-over-rest');
        const given = readFilters(call);
        const hits = filterApplications(world, visibleApplications(world, call.account), given);
        // The platform's own links have a slash before the question mark; the router takes both spellings.
        const link = {
          url: `${apiOrigin(call)}${collection}/`,
          query: new URLSearchParams([...given].flatMap(([name, values]) => values.map((value): [string, string] => [name, value]))),
          template: ['page', 'size', ...applicationFilters.filter((name) => !given.has(name))].join(','),
          render: (application: ApplicationRecord): object => applicationJson(world, application, call),
        };
        return jsonResponse(halPage('applications', hits, readPage(parameters), link));
      },
    }),
    restRoute({
      method: 'POST',
      path: collection,
      parameters: [],
      async answer(_, call) {
        const { profile } = await readJson(call.body, z.looseObject({ profile: profileSchema }));
        const fields = profileFields(world, profile);
        const customFields = customFieldValues(world, profile);
        const application = createApplication(world, call.account, fields);
        application.customFields = customFields;
        return jsonResponse(applicationJson(world, application, call));
      },
    }),
    restRoute({
      method: 'GET',
      path: `${collection}/{guid}`,
      parameters: [],
      answer(_, call, { guid }) {
        demandRight(call.account, 'view-over-rest');
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
    restRoute({
      method: 'DELETE',
      path: `${collection}/{guid}`,
      parameters: [],
      answer(_, call, { guid }) {
        demandRight(call.account, 'manage-applications');
        deleteApplication(world, call.account, demandApplication(world, call, guid).id);
        return emptyResponse(204);
      },
    }),
  ];
}

/** @throws RestProblem 404 for what does not exist as well as for what the account must not see */
export function demandApplication(world: World, { account }: ApiCall, guid: string | undefined): ApplicationRecord {
  const application = visibleApplications(world, account).find((candidate) => candidate.guid === guid);
  if (application === undefined) {
    throw new RestProblem(404, 'The requested application could not be found');
  }
  return application;
}

function profileFields(world: World, profile: Profile): ProfileFields & { readonly name: string; readonly criticality: Criticality } {
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
