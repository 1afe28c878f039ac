import type { EmulatedAccount } from '../exchange.js';
import { defaultPolicyName } from '../scenarios/policy-schema.js';
import type { Criticality } from '../scenarios/vocabulary.js';
import { demandRight, isUnrestricted } from './access.js';
import { deleteBuilds } from './build-events.js';
import { findApplication } from './lookup.js';
import { PlatformRefusal } from './refusal.js';
import type { ApplicationRecord } from './state.js';
import { allPolicies, guidOf, takeId, type World } from './world.js';

/** Fields of a profile that callers set; absent ones keep their value, or get the default at creation. */
export interface ProfileFields {
  readonly name?: string;
  readonly criticality?: Criticality;
  readonly policyName?: string;
  readonly teams?: readonly string[];
  readonly description?: string;
  readonly vendorId?: string;
  readonly businessUnit?: string;
  readonly businessOwner?: string;
  readonly businessOwnerEmail?: string;
  readonly origin?: string;
  readonly industry?: string;
  readonly appType?: string;
  readonly deploymentMethod?: string;
  readonly webApplication?: boolean;
  readonly archerName?: string;
  readonly tags?: string;
  readonly repositoryUrl?: string;
}

/** Makes a profile. Its name must be new in the whole account, profiles that the caller cannot see included. */
export function createApplication(
  world: World,
  account: EmulatedAccount,
  fields: ProfileFields & { readonly name: string; readonly criticality: Criticality },
): ApplicationRecord {
  demandRight(account, 'manage-applications');
  demandFreeName(world, fields.name);
  demandKnownNames(world, account, fields);
  if (!isUnrestricted(account) && (fields.teams ?? []).length === 0) {
    throw new PlatformRefusal('An account with team restrictions must name at least one of its teams.');
  }
  const nowMs = world.clock.emulatedMs();
  const application = newApplication(world, fields, { by: account.userName, atMs: nowMs });
  world.state.applications.push(application);
  return application;
}

/** A record with every default; adds it nowhere. */
export function newApplication(
  world: World,
  fields: ProfileFields & { readonly name: string; readonly criticality: Criticality },
  made: { readonly by: string; readonly atMs: number },
): ApplicationRecord {
  const id = String(takeId(world, 'application'));
  const { teams = [], ...given } = fields;
  return {
    id,
    guid: guidOf('application', id),
    policyName: defaultPolicyName(fields.criticality),
    description: '',
    vendorId: '',
    businessUnit: 'Not Specified',
    businessOwner: '',
    businessOwnerEmail: '',
    origin: 'Not Specified',
    industry: 'Not Specified',
    appType: 'Other',
    deploymentMethod: 'Not Specified',
    webApplication: false,
    archerName: '',
    tags: '',
    repositoryUrl: '',
    customFields: world.scenario.customFields.map(() => ''),
    ...given,
    teams: [...teams],
    createdBy: made.by,
    createdAtMs: made.atMs,
    modifiedAtMs: made.atMs,
    sandboxes: [],
    builds: [],
    mitigations: {},
    deleted: null,
  };
}

/** Changes the given fields and no others. */
export function updateApplication(
  world: World,
  account: EmulatedAccount,
  applicationId: string,
  change: { readonly fields: ProfileFields; readonly customField?: { readonly name: string; readonly value: string } },
): ApplicationRecord {
  demandRight(account, 'manage-applications');
  const application = findApplication(world, account, applicationId);
  const { fields, customField } = change;
  if (fields.name !== undefined && !isSameName(fields.name, application.name)) {
    demandFreeName(world, fields.name);
  }
  demandKnownNames(world, account, fields);
  if (customField !== undefined) {
    setCustomField(world.scenario.customFields, application.customFields, customField);
  }
  const { teams, ...given } = fields;
  Object.assign(application, given, { modifiedAtMs: world.clock.emulatedMs() });
  if (teams !== undefined) {
    application.teams = [...teams];
  }
  return application;
}

/** Deletes the profile and everything below it. */
export function deleteApplication(world: World, account: EmulatedAccount, applicationId: string): void {
  demandRight(account, 'manage-applications');
  const application = findApplication(world, account, applicationId);
  const deletion = { by: account.userName, atMs: world.clock.emulatedMs() };
  deleteBuilds(application.builds, deletion);
  for (const sandbox of application.sandboxes) {
    sandbox.deleted ??= deletion;
  }
  application.deleted = deletion;
}

/** Sets one custom field by its name. */
export function setCustomField(
  names: readonly string[],
  values: string[],
  { name, value }: { readonly name: string; readonly value: string },
): void {
  const index = names.indexOf(name);
  if (index === -1) {
    throw new PlatformRefusal(`There is no custom field ${JSON.stringify(name)}. Known are: ${names.join(', ')}.`);
  }
  values[index] = value;
}

/** The platform's own tools compare names without case, so it refuses names that differ in nothing else. */
export function isSameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function demandFreeName(world: World, name: string): void {
  const taken = world.state.applications.some((application) => application.deleted === null && isSameName(application.name, name));
  if (taken || world.namesAreTaken) {
    throw new PlatformRefusal(`The application name "${name}" is already in use.`);
  }
}

function demandKnownNames(world: World, account: EmulatedAccount, { policyName, teams = [] }: ProfileFields): void {
  if (policyName !== undefined && !allPolicies(world.scenario).some(({ name }) => name === policyName)) {
    throw new PlatformRefusal(`The policy "${policyName}" does not exist.`);
  }
  const unknown = teams.find((team) => !world.scenario.teams.includes(team));
  if (unknown !== undefined) {
    throw new PlatformRefusal(`The team "${unknown}" does not exist.`);
  }
  const foreign = teams.find((team) => !account.teams.includes(team));
  if (foreign !== undefined && !isUnrestricted(account)) {
    throw new PlatformRefusal(`The account is not a member of the team "${foreign}".`);
  }
}
