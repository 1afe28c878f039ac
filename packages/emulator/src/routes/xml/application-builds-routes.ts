import type { Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import { publishedAtMs } from '../../platform/build-status.js';
import { buildsOf, visibleApplications } from '../../platform/lookup.js';
import { PlatformRefusal } from '../../platform/refusal.js';
import type { ApplicationRecord, BuildRecord } from '../../platform/state.js';
import type { World } from '../../platform/world.js';
import { americanDate, parseAmericanDate } from '../dates.js';
import { customFieldElements, profileAttributes } from './application-routes.js';
import { buildElement } from './build-info.js';
import { documentResponse, xmlRoute } from './xml-route.js';
import { escapeXml } from './xml-text.js';

const dayMs = 86_400_000;
const defaultWindowDays = 31;

interface Window {
  readonly sinceMs: number;
  readonly onlyLatest: boolean;
  readonly includeInProgress: boolean;
}

/** Applications with their policy scans of the last weeks. */
export function applicationBuildsRoutes(world: World): Route[] {
  return [
    xmlRoute(world, {
      operation: 'getappbuilds.do',
      version: '4.0',
      parameters: ['report_changed_since', 'only_latest', 'include_in_progress'],
      answer(parameters, { account }) {
        demandRight(account, 'read-results');
        const since = parameters.text('report_changed_since') ?? americanDate(world.clock.emulatedMs() - defaultWindowDays * dayMs);
        const sinceDate = parseAmericanDate(since);
        if (sinceDate === undefined) {
          throw new PlatformRefusal('The parameter report_changed_since must be a date of the form mm/dd/yyyy.');
        }
        const window: Window = {
          sinceMs: Date.parse(`${sinceDate}T00:00:00Z`),
          onlyLatest: parameters.flag('only_latest') ?? true,
          includeInProgress: parameters.flag('include_in_progress') ?? false,
        };
        const echo = `Parameters: report_changed_since=${since} only_latest=${window.onlyLatest} include_in_progress=${window.includeInProgress}`;
        return documentResponse(world, 'applicationbuilds', {
          attributes: { account_id: world.scenario.organization.accountId },
          comment: escapeXml(echo, world.scenario.settings.xmlStyle),
          children: visibleApplications(world, account).map((application) => ({
            name: 'application',
            attributes: { ...profileAttributes(world, application), assurance_level: application.criticality },
            children: [
              ...customFieldElements(world.scenario.customFields, application.customFields),
              ...buildsInWindow(world, application, window).map((build) => buildElement(world, { application, build })),
            ],
          })),
        });
      },
    }),
  ];
}

function buildsInWindow(world: World, application: ApplicationRecord, window: Window): BuildRecord[] {
  const nowMs = world.clock.emulatedMs();
  const builds = buildsOf({ application, sandbox: null }, nowMs).filter((build) => {
    const published = publishedAtMs(build, nowMs);
    return published === null ? window.includeInProgress : published >= window.sinceMs;
  });
  return window.onlyLatest ? builds.slice(-1) : builds;
}
