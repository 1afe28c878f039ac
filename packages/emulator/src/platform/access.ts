import type { EmulatedAccount } from '../exchange.js';
import type { RoleName } from '../scenarios/account-schema.js';
import { accessDenied } from './refusal.js';
import type { ApplicationRecord } from './state.js';

/** Rights that calls ask for. */
export type Right =
  | 'view'
  | 'view-over-rest'
  | 'manage-applications'
  | 'submit-scans'
  | 'delete-scans'
  | 'manage-sandboxes'
  | 'read-results'
  | 'propose-mitigations'
  | 'approve-mitigations'
  | 'administrate';

const leads: readonly RoleName[] = ['extseclead', 'extcreator'];
const rolesWithRight: Readonly<Record<Exclude<Right, 'view' | 'view-over-rest'>, readonly RoleName[]>> = {
  'manage-applications': ['uploadapi', ...leads],
  'submit-scans': ['uploadapi', 'submitterapi', 'extsubmitter', ...leads],
  'delete-scans': ['uploadapi', 'extdeletescans'],
  'manage-sandboxes': ['uploadapi', 'sandboxadmin', 'sandboxuser', ...leads],
  'read-results': ['resultsapi', 'extreviewer', ...leads],
  'propose-mitigations': ['resultsapi', 'extreviewer', ...leads],
  'approve-mitigations': ['mitigationapi', 'extmitigationapprover'],
  administrate: ['adminapi', 'extadmin'],
};
/** Roles that are good for submitting and nothing else; the REST services of applications and policies are closed to them. */
const submittingRoles: readonly RoleName[] = ['submitterapi', 'apisubmitanyscan', 'apisubmitstaticscan', 'noteamrestrictionapi'];
const unrestrictedRoles: readonly RoleName[] = ['noteamrestrictionapi', 'extadmin', 'extseclead'];

/** Any role is enough to view, and any that does more than submit to do so over REST. */
export function hasRight(account: EmulatedAccount, right: Right): boolean {
  if (right === 'view') {
    return account.roles.length > 0;
  }
  if (right === 'view-over-rest') {
    return account.roles.some((role) => !(submittingRoles as readonly string[]).includes(role));
  }
  return hasRole(account, rolesWithRight[right]);
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
