import type { Route } from '../../../exchange.js';
import { demandRight } from '../../../platform/access.js';
import type { World } from '../../../platform/world.js';
import { findReportSubject } from '../../xml/reports/report-subject.js';
import { jsonResponse, restRoute, RestProblem } from '../rest-route.js';
import { demandContext, publishedBuilds } from './result-context.js';
import { summaryReportJson } from './summary-report-json.js';

/** The summary of a published scan; the newest of the context unless `build_id` names another. */
export function restSummaryReportRoutes(world: World): Route[] {
  return [
    restRoute({
      method: 'GET',
      path: '/appsec/v2/applications/{guid}/summary_report',
      parameters: ['context', 'build_id'],
      answer(parameters, call, { guid }) {
        demandRight(call.account, 'read-results');
        const context = demandContext(world, call, guid, parameters.text('context'));
        const buildId = parameters.id('build_id');
        const builds = publishedBuilds(world, context);
        const build = buildId === undefined ? builds.at(-1) : builds.find(({ id }) => id === buildId);
        if (build === undefined) {
          throw new RestProblem(404, 'There is no published scan');
        }
        return jsonResponse(summaryReportJson(findReportSubject(world, call.account, build.id)));
      },
    }),
  ];
}
