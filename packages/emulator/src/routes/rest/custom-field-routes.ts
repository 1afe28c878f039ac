import type { Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import type { World } from '../../platform/world.js';
import { restTime } from '../dates.js';
import { halPage, readPage } from './paging.js';
import { apiOrigin, jsonResponse, restRoute } from './rest-route.js';

const collection = '/appsec/v1/custom_fields';
/** Nobody asks when a field was named; it must only be the same every time. */
const createdAtMs = Date.UTC(2019, 4, 9, 12);

/** Custom fields of application profiles over REST: the scenario's. */
export function customFieldRoutes(world: World): Route[] {
  return [
    restRoute({
      method: 'GET',
      path: collection,
      parameters: ['page', 'size'],
      answer(parameters, call) {
        demandRight(call.account, 'view-over-rest');
        const fields = world.scenario.customFields.map((name, index) => customFieldJson(world, name, index));
        return jsonResponse(halPage('app_custom_field_names', fields, readPage(parameters), { url: `${apiOrigin(call)}${collection}`, query: new URLSearchParams(), template: 'page,size' }));
      },
    }),
  ];
}

function customFieldJson(world: World, name: string, index: number): object {
  return {
    id: index + 1,
    organization_id: Number(world.scenario.organization.accountId),
    name,
    sort_order: index + 1,
    created: restTime(createdAtMs),
    modified: restTime(createdAtMs),
  };
}
