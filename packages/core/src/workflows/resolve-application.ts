import {
  createApplication,
  getApplication,
  listApplications,
  updateApplication,
} from '../api/xml/applications.js';
import { setRepositoryUrl } from '../api/rest/applications.js';
import type { Application, ApplicationFields } from '../domain/application.js';
import type { ScanRequest } from '../domain/scan-request.js';
import { isVeracodeError } from '../kernel/errors.js';
import { changeOnce } from './change-once.js';
import { checkNamesExist } from './check-names-exist.js';
import { findProfiles, type ProfileReference } from './find-profiles.js';
import { findByName, type NameMatch, notFoundByName } from './resolve-by-name.js';
import type { ScanRun } from './run.js';
import type { BuildPlace } from './scan-outcome.js';
import type { NamedPlace } from './scan-state.js';

const WHAT = 'application profile';

/** Finds the application profile of a run, or creates it when the request says so. */
export async function resolveApplication(run: ScanRun): Promise<BuildPlace['application']> {
  const { application: resumed, step, progress } = run.state();
  if (resumed !== null) {
    if (step !== 'application' || progress !== 'began') return resumed;
    if (resumed.created) await finishProfile(run, resumed);
    await run.record('application', 'done');
    return resumed;
  }

  // Who was killed between creating the profile and saving it has made the one that is found now.
  const wasAboutToCreate = step === 'application' && progress === 'began';
  run.emit({ type: 'phase', phase: 'application' });
  const found = await findRequestedProfile(run);
  const application = found === undefined ? await createProfile(run) : { id: found.id, name: found.name, created: false };
  if (found === undefined) await finishProfile(run, application);
  else if (run.request.application.update) await updateProfile(run, found);
  else if (wasAboutToCreate) await setRepository(run, application);
  await run.record('application', 'done', { application });
  run.emit({ type: 'application', ...application });
  return application;
}

/**
 * Looks for the profile that a request names.
 *
 * @returns undefined when there is none, and the request wants it created
 * @throws NotFoundError `name-not-found`; ConflictError `ambiguous-name`
 */
export async function findRequestedProfile(run: ScanRun): Promise<ProfileReference | undefined> {
  const { name, create } = run.request.application;
  const { profiles, match } = await searchProfile(run, { name, create });
  if (match === undefined && !create) {
    throw notFoundByName(
      `application profile "${name}"`,
      name,
      profiles,
      'Check the name, or let the run create the profile (--create-profile). A profile of another team is not visible.',
    );
  }
  if (match?.exact === false) {
    run.emit({ type: 'warning', message: `Application profile "${match.found.name}" is used for "${name}".` });
  }
  return match?.found;
}

interface ProfileSearch {
  readonly match: NameMatch<ProfileReference> | undefined;
  /** To suggest near names from. */
  readonly profiles: readonly ProfileReference[];
}

async function searchProfile(run: ScanRun, { name, create }: { readonly name: string; readonly create: boolean }): Promise<ProfileSearch> {
  const { profiles, isWholeList } = await findProfiles(run.client, name, run.call);
  const match = findByName(WHAT, name, profiles);
  if (match !== undefined || create || isWholeList) return { match, profiles };
  // Before the run ends for want of a profile, all of them are looked at: for one that the filter hid, and for near names.
  const all = await listApplications(run.client, run.call);
  return { match: findByName(WHAT, name, all), profiles: all };
}

async function createProfile(run: ScanRun): Promise<NamedPlace> {
  const { name, fields } = run.request.application;
  await checkNamesExist(run, fields);
  await run.record('application', 'began');
  const created = await changeOnce<ProfileReference>(run, {
    act: (call) => createApplication(run.client, newProfile(run.request), call),
    readBack: async (call) => findByName(WHAT, name, (await findProfiles(run.client, name, call)).profiles)?.found,
    // Names are unique in an account: a second profile is refused, and whoever was killed may have made it a moment ago.
    repeat: 'refused',
    showsLate: true,
  });
  return { id: created.id, name: created.name, created: true };
}

/**
 * Gives a profile that the run created what the creating call does not take. The state has the profile before that, as
 * later runs find it and leave it as it is: only who resumes knows that something is missing.
 */
async function finishProfile(run: ScanRun, application: NamedPlace): Promise<void> {
  if (run.request.application.repositoryUrl === null) return;
  await run.record('application', 'began', { application });
  await setRepository(run, application);
}

async function setRepository(run: ScanRun, application: NamedPlace): Promise<void> {
  const { repositoryUrl } = run.request.application;
  if (repositoryUrl === null) return;
  try {
    await setRepositoryUrl(run.client, { applicationId: application.id, repositoryUrl }, run.call);
  } catch (error) {
    const message = `The new profile "${application.name}" is without its repository URL: repeat with --resume, or set it with --update-profile.`;
    if (isVeracodeError(error)) run.emit({ type: 'warning', message });
    throw error;
  }
}

/** The profile that a request wants created; the platform takes none without a criticality. */
export function newProfile({ application: { name, fields } }: Pick<ScanRequest, 'application'>): Parameters<typeof createApplication>[1] {
  return { name, fields: { ...fields, criticality: fields.criticality ?? 'Very High' } };
}

async function updateProfile(run: ScanRun, profile: ProfileReference): Promise<void> {
  const { fields, repositoryUrl } = run.request.application;
  const changes = await changesOfProfile(run, profile);
  if (changes.length > 0) {
    await run.record('application', 'began');
    // The same values twice leave the same profile, so the transport may repeat the call by itself.
    await updateApplication(run.client, { applicationId: profile.id, name: profile.name, fields }, run.call);
    for (const change of changes) run.emit({ type: 'profile-change', ...change });
  }
  if (repositoryUrl !== null) await setRepositoryUrl(run.client, { applicationId: profile.id, repositoryUrl }, run.call);
}

/**
 * Compares a profile with the fields that a request wants it to have.
 *
 * @throws NotFoundError when they name a policy or a team that does not exist
 */
export async function changesOfProfile(run: ScanRun, { id }: ProfileReference): Promise<readonly ProfileChange[]> {
  const { fields } = run.request.application;
  const changes = profileChanges(await getApplication(run.client, { applicationId: id }, run.call), fields);
  if (changes.length > 0) await checkNamesExist(run, fields);
  return changes;
}

/** One field of a profile that differs from what the request wants. */
export interface ProfileChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

function profileChanges(before: Application, wanted: ApplicationFields): readonly ProfileChange[] {
  const pairs: readonly (readonly [string, string | null, string | undefined])[] = [
    ['criticality', before.criticality, wanted.criticality],
    ['policy', before.policy, wanted.policy],
    ['teams', before.teams.toSorted().join(', '), wanted.teams?.toSorted().join(', ')],
    ['business unit', before.businessUnit, wanted.businessUnit],
    ['tags', before.tags.toSorted().join(', '), wanted.tags?.toSorted().join(', ')],
    ['description', before.description, wanted.description],
  ];
  return pairs.flatMap(([field, old, after]) =>
    after === undefined || after === (old ?? '') ? [] : [{ field, before: old ?? '', after }],
  );
}
