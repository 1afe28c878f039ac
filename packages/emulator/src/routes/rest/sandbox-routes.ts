import { z } from 'zod';
import type { ApiCall, Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import { setCustomField } from '../../platform/applications.js';
import { currentBuild, liveSandboxes, type ScanContext } from '../../platform/lookup.js';
import { promoteBuild } from '../../platform/promotion.js';
import { createSandbox, deleteSandbox, sandboxCustomFields, updateSandbox } from '../../platform/sandboxes.js';
import type { ApplicationRecord, SandboxRecord } from '../../platform/state.js';
import type { World } from '../../platform/world.js';
import { restTime } from '../dates.js';
import { demandApplication } from './application-routes.js';
import { readJson } from './json-body.js';
import { halPage, readPage } from './paging.js';
import { apiOrigin, emptyResponse, jsonResponse, restRoute, RestProblem } from './rest-route.js';

const collection = '/appsec/v1/applications/{guid}/sandboxes';

/** POST and PUT have the same body; a PUT without a name would leave the sandbox without one. */
const sandboxSchema = z.looseObject({
  name: z.string().min(1),
  auto_recreate: z.boolean().default(false),
  custom_fields: z.array(z.looseObject({ name: z.string(), value: z.string() })).nullish(),
});

/** Development sandboxes over REST. */
export function restSandboxRoutes(world: World): Route[] {
  return [
    restRoute({
      method: 'GET',
      path: collection,
      parameters: ['page', 'size'],
      answer(parameters, call, { guid }) {
        demandRight(call.account, 'view-over-rest');
        const application = demandApplication(world, call, guid);
        const link = {
          url: `${apiOrigin(call)}/appsec/v1/applications/${application.guid}/sandboxes`,
          query: new URLSearchParams(),
          template: 'page,size',
          render: (sandbox: SandboxRecord): object => sandboxJson(world, application, sandbox, call),
        };
        return jsonResponse(halPage('sandboxes', liveSandboxes(application), readPage(parameters), link));
      },
    }),
    restRoute({
      method: 'POST',
      path: collection,
      parameters: [],
      async answer(_, call, { guid }) {
        const body = await readJson(call.body, sandboxSchema);
        demandRight(call.account, 'manage-sandboxes');
        const application = demandApplication(world, call, guid);
        demandRoom(world, application);
        const customFields = customFieldValues(body.custom_fields ?? []);
        const { sandbox } = createSandbox(world, call.account, { applicationId: application.id, name: body.name, autoRecreate: body.auto_recreate });
        sandbox.customFields = customFields;
        return jsonResponse(sandboxJson(world, application, sandbox, call));
      },
    }),
    restRoute({
      method: 'GET',
      path: `${collection}/{sandbox}`,
      parameters: [],
      answer(_, call, path) {
        demandRight(call.account, 'view-over-rest');
        const { application, sandbox } = demandSandbox(world, call, path);
        return jsonResponse(sandboxJson(world, application, sandbox, call));
      },
    }),
    restRoute({
      method: 'PUT',
      path: `${collection}/{sandbox}`,
      parameters: [],
      async answer(_, call, path) {
        const body = await readJson(call.body, sandboxSchema);
        demandRight(call.account, 'manage-sandboxes');
        const { application, sandbox } = demandSandbox(world, call, path);
        const customFields = customFieldValues(body.custom_fields ?? []);
        updateSandbox(world, call.account, { sandboxId: sandbox.id, name: body.name, autoRecreate: body.auto_recreate });
        sandbox.customFields = customFields;
        return jsonResponse(sandboxJson(world, application, sandbox, call));
      },
    }),
    restRoute({
      method: 'DELETE',
      path: `${collection}/{sandbox}`,
      parameters: [],
      answer(_, call, path) {
        demandRight(call.account, 'manage-sandboxes');
        deleteSandbox(world, call.account, demandSandbox(world, call, path).sandbox.id);
        return emptyResponse(204);
      },
    }),
    restRoute({
      method: 'POST',
      path: `${collection}/{sandbox}/promote`,
      parameters: ['delete_on_promote'],
      answer(parameters, call, path) {
        demandRight(call.account, 'manage-sandboxes');
        const { application, sandbox } = demandSandbox(world, call, path);
        const build = currentBuild({ application, sandbox }, world.clock.emulatedMs());
        if (build === undefined) {
          throw new RestProblem(400, `The sandbox ${sandbox.name} has no scan that could be promoted`);
        }
        promoteBuild(world, call.account, { buildId: build.id, deleteSandbox: parameters.flag('delete_on_promote') ?? false });
        return jsonResponse(sandboxJson(world, application, sandbox, call));
      },
    }),
  ];
}

function sandboxJson(world: World, application: ApplicationRecord, sandbox: SandboxRecord, call: ApiCall): object {
  const self = `${apiOrigin(call)}/appsec/v1/applications/${application.guid}`;
  return {
    id: Number(sandbox.id),
    guid: sandbox.guid,
    application_guid: application.guid,
    organization_id: Number(world.scenario.organization.accountId),
    name: sandbox.name,
    owner_username: sandbox.owner,
    created: restTime(sandbox.createdAtMs),
    modified: restTime(sandbox.modifiedAtMs),
    auto_recreate: sandbox.autoRecreate,
    custom_fields: sandboxCustomFields
      .map((name, index) => ({ name, value: sandbox.customFields[index] ?? '' }))
      .filter(({ value }) => value !== ''),
    _links: { self: { href: `${self}/sandboxes/${sandbox.guid}` }, application: { href: self } },
  };
}

function demandSandbox(
  world: World,
  call: ApiCall,
  { guid, sandbox: sandboxGuid }: Readonly<Record<string, string>>,
): ScanContext & { readonly sandbox: SandboxRecord } {
  const application = demandApplication(world, call, guid);
  const sandbox = liveSandboxes(application).find((candidate) => candidate.guid === sandboxGuid);
  if (sandbox === undefined) {
    throw new RestProblem(404, 'The requested sandbox could not be found');
  }
  return { application, sandbox };
}

/** Clients look for the word limit in the title. */
function demandRoom(world: World, application: ApplicationRecord): void {
  const { sandboxLimit } = world.scenario.settings;
  if (liveSandboxes(application).length >= sandboxLimit) {
    throw new RestProblem(400, `The limit of ${sandboxLimit} sandboxes for this application is reached`);
  }
}

function customFieldValues(fields: readonly { readonly name: string; readonly value: string }[]): string[] {
  const values = sandboxCustomFields.map(() => '');
  fields.forEach((field) => {
    setCustomField(sandboxCustomFields, values, field);
  });
  return values;
}
