import { findApplicationProfilesByName, findProfileByLegacyId, listApplicationProfiles } from '../api/rest/applications.js';
import { listPolicyVersions } from '../api/rest/policies.js';
import { listSandboxProfiles } from '../api/rest/sandboxes.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import type { ApplicationProfile } from '../domain/application-profile.js';
import type { Policy, PolicyFilters } from '../domain/policy.js';
import type { SandboxProfile } from '../domain/sandbox.js';
import type { CallOptions } from '../transport/http.js';
import { findByName, type NameMatch, notFoundByName } from './resolve-by-name.js';

/**
 * Finds the one application profile with a name: exactly, or in another case where exactly one matches.
 *
 * @throws NotFoundError `name-not-found` with the near names; ConflictError `ambiguous-name`; AuthorizationError for an
 *   account that may only submit; the errors of the calls
 * @public
 */
export async function locateApplication(client: VeracodeClient, name: string, call: CallOptions = {}): Promise<NameMatch<ApplicationProfile>> {
  const match = findByName('application profile', name, await findApplicationProfilesByName(client, { name }, call));
  if (match !== undefined) return match;
  const others: ApplicationProfile[] = [];
  for await (const profile of listApplicationProfiles(client, {}, call)) others.push(profile);
  throw notFoundByName(`application profile "${name}"`, name, others, 'Check the name. A profile of another team is not visible.');
}

/**
 * Finds the newest version of the policy with exactly this name.
 *
 * @throws NotFoundError `name-not-found` with the near names; the errors of the calls
 * @public
 */
export async function locatePolicy(client: VeracodeClient, name: string, call: CallOptions = {}): Promise<Policy> {
  const match = findByName('policy', name, await policiesOf(client, { name }, call));
  if (match?.exact === true) return match.found;
  throw notFoundByName(`policy "${name}"`, name, await policiesOf(client, {}, call), 'Give the exact name of a policy of the account, or of a built-in one.');
}

async function policiesOf(client: VeracodeClient, filters: PolicyFilters, call: CallOptions): Promise<readonly Policy[]> {
  const policies: Policy[] = [];
  for await (const policy of listPolicyVersions(client, filters, call)) policies.push(policy);
  return policies;
}

/** An application profile, or a sandbox in it, by the ids of the XML API. @public */
export interface PlaceByIds {
  readonly application: { readonly id: string; readonly name: string };
  /** Null: the policy scans. */
  readonly sandbox: { readonly id: string; readonly name: string } | null;
}

/**
 * Finds what the REST API calls a place that is known by the ids of the XML API.
 *
 * @throws NotFoundError `name-not-found` when it is not there (any more); AuthorizationError for an account that may only
 *   submit; the errors of the calls
 * @public
 */
export async function locateByIds(
  client: VeracodeClient,
  { application, sandbox }: PlaceByIds,
  call: CallOptions = {},
): Promise<{ readonly applicationGuid: string; readonly sandboxGuid: string | null }> {
  // By its id, and so also when it was renamed in the meantime.
  const profile = await findProfileByLegacyId(client, { applicationId: application.id }, call);
  if (profile === null) throw notFoundByName(`application profile "${application.name}" (${application.id})`, application.name, [], 'It may have been deleted, or moved to a team of others.');
  if (sandbox === null) return { applicationGuid: profile.guid, sandboxGuid: null };
  const sandboxes: SandboxProfile[] = [];
  for await (const found of listSandboxProfiles(client, { applicationGuid: profile.guid }, call)) sandboxes.push(found);
  const found = sandboxes.find(({ sandboxId }) => sandboxId === sandbox.id);
  if (found === undefined) throw notFoundByName(`sandbox "${sandbox.name}" (${sandbox.id})`, sandbox.name, sandboxes, 'It may have expired or been deleted.');
  return { applicationGuid: profile.guid, sandboxGuid: found.guid };
}

/** Where a sandbox is looked for. @public */
export interface SandboxSearch {
  readonly application: Pick<ApplicationProfile, 'guid' | 'name'>;
  readonly name: string;
}

/**
 * Finds the one sandbox of an application with a name, as {@link locateApplication} does. Look it up for each run: its
 * GUID changes when the platform recreates an expired sandbox under its old name.
 *
 * @throws NotFoundError `name-not-found` with the near names; ConflictError `ambiguous-name`; the errors of the calls
 * @public
 */
export async function locateSandbox(client: VeracodeClient, { application, name }: SandboxSearch, call: CallOptions = {}): Promise<NameMatch<SandboxProfile>> {
  const sandboxes: SandboxProfile[] = [];
  for await (const sandbox of listSandboxProfiles(client, { applicationGuid: application.guid }, call)) sandboxes.push(sandbox);
  const match = findByName('sandbox', name, sandboxes);
  if (match !== undefined) return match;
  const subject = `sandbox "${name}" in application profile "${application.name}"`;
  throw notFoundByName(subject, name, sandboxes, 'Check the name; `verapipe sandbox list` shows them all.');
}
