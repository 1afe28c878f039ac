import type { ApiCall, EmulatedResponse, Route } from '../../../exchange.js';
import { demandRight } from '../../../platform/access.js';
import type { World } from '../../../platform/world.js';
import type { Parameters } from '../../parameters.js';
import { halPage, queryText, readPage, type Pageable } from '../paging.js';
import { apiOrigin, jsonResponse, restRoute } from '../rest-route.js';
import { componentFindingJson, selectComponentFindings } from './component-findings.js';
import { findingJson } from './finding-json.js';
import { findingFilters, readFindingQuery, type FindingQuery } from './finding-query.js';
import { demandContext, newestScan } from './result-context.js';
import { selectFindings } from './select-findings.js';

/** Recorded of answers to requests without a size; the specification says 50. */
const defaultSize = 20;

/** The findings of the newest published scan of an application or a sandbox. */
export function restFindingRoutes(world: World): Route[] {
  return [
    restRoute({
      method: 'GET',
      path: '/appsec/v2/applications/{guid}/findings',
      parameters: [...findingFilters, 'scan_type', 'page', 'size'],
      answer(parameters, call, { guid }) {
        demandRight(call.account, 'read-results');
        const query = readFindingQuery(call);
        const context = demandContext(world, call, guid, query.context);
        const scan = newestScan(world, context);
        const list = { call, parameters, query, applicationGuid: context.application.guid };
        if (scan === undefined) {
          return page(list, []);
        }
        const origin = apiOrigin(call);
        return query.scanTypes.includes('SCA')
          ? page(list, selectComponentFindings(scan, query), (item) => componentFindingJson(item, scan, origin))
          : page(list, selectFindings(scan, query), (item) => findingJson(item, scan, { ...query, origin }));
      },
    }),
  ];
}

interface List {
  readonly call: ApiCall;
  readonly parameters: Parameters;
  readonly query: FindingQuery;
  readonly applicationGuid: string;
}

function page<T extends object>(
  { call, parameters, query, applicationGuid }: List,
  items: Pageable<T>,
  render: (item: T) => object = (item) => item,
): EmulatedResponse {
  const url = `${apiOrigin(call)}/appsec/v2/applications/${applicationGuid}/findings`;
  const echo = new URLSearchParams([...query.echo]);
  const template = findingFilters.filter((name) => !query.echo.has(name)).join(',');
  const application = { href: `${apiOrigin(call)}/appsec/v1/applications/${applicationGuid}` };
  const more = { application, ...otherKind(url, query, template) };
  return jsonResponse(halPage('findings', items, readPage(parameters, defaultSize), { url, query: echo, template, render, more }));
}

/** The same question about the findings that cannot be in this answer. */
function otherKind(url: string, { scanTypes, echo }: FindingQuery, template: string): Record<string, object> {
  const isSca = scanTypes.includes('SCA');
  const others = new URLSearchParams([...[...echo].filter(([name]) => name !== 'scan_type'), ['scan_type', isSca ? 'STATIC,DYNAMIC,MANUAL' : 'SCA']]);
  return { [isSca ? 'non-sca' : 'sca']: { href: `${url}?${queryText(others)}{&${template}}`, templated: true } };
}
