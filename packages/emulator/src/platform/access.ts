import type { EmulatedAccount } from '../exchange.js';
import type { RoleName } from '../scenarios/account-schema.js';
import { accessDenied } from './refusal.js';
import type { ApplicationRecord } from './state.js';

/** Rights that calls ask for. */
export type Right =
  | 'view'
  | 'manage-applications'
  | 'submit-scans'
  | 'delete-scans'
  | 'manage-sandboxes'
  | 'read-results'
  | 'propose-mitigations'
  | 'approve-mitigations'
  | 'administrate';

const leads: readonly RoleName[] = ['extseclead', 'extcreator'];
const rolesWithRight: Readonly<Record<Exclude<Right, 'view'>, readonly RoleName[]>> = {
  'manage-applications': ['uploadapi', ...leads],
  'submit-scans': ['uploadapi', 'submitterapi', 'extsubmitter', ...leads],
  'delete-scans': ['uploadapi', 'extdeletescans'],
  'manage-sandboxes': ['uploadapi', 'sandboxadmin', 'sandboxuser', ...leads],
  'read-results': ['resultsapi', 'extreviewer', ...leads],
  'propose-mitigations': ['resultsapi', 'extreviewer', ...leads],
  'approve-mitigations': ['mitigationapi', 'extmitigationapprover'],
  administrate: ['adminapi', 'extadmin'],
};
const unrestrictedRoles: readonly RoleName[] = ['noteamrestrictionapi', 'extadmin', 'extseclead'];

/** Any role is enough to view. */
export function hasRight(account: EmulatedAccount, right: Right): boolean {
  return right === 'view' ? account.roles.length > 0 : hasRole(account, rolesWithRight[right]);
}

/** @throws PlatformRefusal "Access denied." */
export function demandRight(account: EmulatedAccount, right: Right): void {
  if (!hasRight(account, right)) {
    throw accessDenied();
  }
}

/** A role decides what, the teams decide which application. */
export function isUnrestricted(account: EmulatedAccount): boolean {
  return hasRole(account, unrestrictedRoles);
}

export function seesApplication(account: EmulatedAccount, application: ApplicationRecord): boolean {
  return isUnrestricted(account) || application.teams.some((team) => account.teams.includes(team));
}

function hasRole(account: EmulatedAccount, roles: readonly string[]): boolean {
  return account.roles.some((role) => roles.includes(role));
}
