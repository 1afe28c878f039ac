import type { Route } from '../../exchange.js';
import { guidOf, type World } from '../../platform/world.js';
import { restTime } from '../dates.js';
import { jsonResponse, restRoute } from './rest-route.js';

const minuteMs = 60_000;

/** The public status page, in the shape of other Statuspage sites: open to everybody, and on a host of its own. */
export function statusPageRoutes(world: World): Route[] {
  const { statusPage } = world.scenario.settings;
  const route = restRoute({
    method: 'GET',
    path: '/api/v2/summary.json',
    parameters: [],
    answer: () =>
      jsonResponse({
        page: { id: guidOf('page', 'status'), name: 'Veracode', url: 'https://status.veracode.com', time_zone: 'Etc/UTC', updated_at: restTime(world.clock.emulatedMs()) },
        components: [],
        incidents: statusPage.incidents.map(({ name, status, impact, startedMinutesAgo }) => ({
          id: guidOf('incident', name),
          name,
          status,
          impact,
          started_at: restTime(world.clock.emulatedMs() - startedMinutesAgo * minuteMs),
        })),
        scheduled_maintenances: maintenances(world),
        status: { indicator: statusPage.indicator, description: statusPage.description },
      }),
  });
  return [{ ...route, isOpen: true }];
}

/** What the XML call announces, by the same figures; one that is over is left out. */
function maintenances({ scenario, clock }: World): object[] {
  const { maintenance } = scenario.settings;
  if (maintenance === undefined) {
    return [];
  }
  const startMs = clock.emulatedMs() + maintenance.startsInMinutes * minuteMs;
  const endMs = startMs + maintenance.lastsMinutes * minuteMs;
  if (endMs <= clock.emulatedMs()) {
    return [];
  }
  return [
    {
      id: guidOf('maintenance', maintenance.title),
      name: maintenance.title,
      status: startMs <= clock.emulatedMs() ? 'in_progress' : 'scheduled',
      impact: 'maintenance',
      scheduled_for: restTime(startMs),
      scheduled_until: restTime(endMs),
    },
  ];
}
