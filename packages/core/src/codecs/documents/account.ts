import type { CustomField, Maintenance } from '../../domain/account.js';
import type { XmlDocument } from '../xml-answer.js';
import { parseXmlDate } from '../xml-dates.js';
import { childrenOf, optionalText, requiredChild, requiredId, requiredText, splitList } from '../xml-fields.js';
import type { XmlElement } from '../xml-element.js';

/** Answer of `getpolicylist.do`: one attribute with all names. */
export const POLICYLIST: XmlDocument<readonly string[]> = {
  roots: ['policylist'],
  decode: (root, operation) => splitList(optionalText(requiredChild(root, 'policies', operation), 'names')),
};

/** Answer of `getteamlist.do`. */
export const TEAMLIST: XmlDocument<readonly string[]> = {
  roots: ['teamlist'],
  decode: (root, operation) => childrenOf(root, 'team').map((team) => requiredText(team, 'team_name', operation)),
};

/** Answer of `getvendorlist.do`. */
export const VENDORLIST: XmlDocument<readonly string[]> = {
  roots: ['vendorlist'],
  decode: (root, operation) => childrenOf(root, 'vendor').map((vendor) => requiredText(vendor, 'vendor_name', operation)),
};

/** Answer of `getaccountcustomfieldlist.do`. */
export const CUSTOMFIELDLIST: XmlDocument<readonly CustomField[]> = {
  roots: ['account_customfieldlist'],
  decode: (root, operation) =>
    childrenOf(root, 'account_customfield').map((field) => ({
      id: requiredId(field, 'id', operation),
      name: requiredText(field, 'name', operation),
    })),
};

/** Answer of `getmaintenancescheduleinfo.do`. */
export const MAINTENANCE: XmlDocument<readonly Maintenance[]> = {
  roots: ['maintenancescheduleinfo'],
  decode: (root) => childrenOf(root, 'maintenanceschedule').map(maintenanceOf),
};

function maintenanceOf(schedule: XmlElement): Maintenance {
  const textOf = (name: string): string | null => childrenOf(schedule, name)[0]?.text.trim() ?? null;
  return {
    startsAt: parseXmlDate(textOf('downtime_start')),
    endsAt: parseXmlDate(textOf('downtime_end')),
    title: textOf('title') ?? '',
    description: textOf('description') ?? '',
  };
}
