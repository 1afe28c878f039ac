import type { Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import { allPolicies, type World } from '../../platform/world.js';
import { americanDate, easternTime } from '../dates.js';
import { documentResponse, xmlRoute } from './xml-route.js';

const minuteMs = 60_000;

/** Things of the whole account. */
export function accountRoutes(world: World): Route[] {
  const { organization, vendors, customFields, teams, settings } = world.scenario;
  const account_id = organization.accountId;
  return [
    xmlRoute(world, {
      operation: 'getpolicylist.do',
      version: '5.0',
      parameters: [],
      answer(_, { account }) {
        demandRight(account, 'view');
        const names = allPolicies(world.scenario).map(({ name }) => name);
        return documentResponse(world, 'policylist', {
          attributes: { account_id },
          children: [{ name: 'policies', attributes: { names: names.join(',') } }],
        });
      },
    }),
    xmlRoute(world, {
      operation: 'getvendorlist.do',
      version: '5.0',
      parameters: [],
      answer(_, { account }) {
        demandRight(account, 'view');
        return documentResponse(world, 'vendorlist', {
          attributes: { account_id },
          children: vendors.map(({ id, name }) => ({ name: 'vendor', attributes: { vendor_id: id, vendor_name: name } })),
        });
      },
    }),
    xmlRoute(world, {
      operation: 'getaccountcustomfieldlist.do',
      version: '5.0',
      parameters: [],
      answer(_, { account }) {
        demandRight(account, 'view');
        return documentResponse(world, 'account_customfieldlist', {
          attributes: { account_id },
          children: customFields.map((name, index) => ({ name: 'account_customfield', attributes: { id: index + 1, name } })),
        });
      },
    }),
    xmlRoute(world, {
      operation: 'getteamlist.do',
      version: '3.0',
      parameters: [],
      answer(_, { account }) {
        demandRight(account, 'view');
        const creation_date = americanDate(world.clock.emulatedMs());
        return documentResponse(world, 'teamlist', {
          attributes: { account_id },
          children: teams.map((name, index) => ({
            name: 'team',
            attributes: { team_id: 233_001 + index, team_name: name, creation_date },
          })),
        });
      },
    }),
    xmlRoute(world, {
      operation: 'getmaintenancescheduleinfo.do',
      version: '3.0',
      parameters: [],
      answer() {
        const { maintenance } = settings;
        const startMs = world.clock.emulatedMs() + (maintenance?.startsInMinutes ?? -1) * minuteMs;
        const endMs = startMs + (maintenance?.lastsMinutes ?? 0) * minuteMs;
        return documentResponse(world, 'maintenancescheduleinfo', {
          children: [
            {
              name: 'maintenanceschedule',
              children: [
                { name: 'downtime_start', text: easternTime(startMs) },
                { name: 'downtime_end', text: easternTime(endMs) },
                { name: 'title', text: maintenance?.title ?? 'No maintenance is planned' },
                { name: 'description', text: maintenance?.description ?? '' },
              ],
            },
          ],
        });
      },
    }),
  ];
}
