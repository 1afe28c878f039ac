import {
  createApplication,
  getApplication,
  listApplications,
  updateApplication,
} from '../api/xml/applications.js';
import { setRepositoryUrl } from '../api/rest/applications.js';
import type { Application, ApplicationFields, ApplicationSummary } from '../domain/application.js';
import { changeOnce } from './change-once.js';
import { checkNamesExist } from './check-names-exist.js';
import { findByName, notFoundByName } from './resolve-by-name.js';
import type { ScanRun } from './run.js';
import type { BuildPlace } from './scan-outcome.js';

/** Finds the application profile of a run, or creates it when the request says so. */
export async function resolveApplication(run: ScanRun): Promise<BuildPlace['application']> {
  const resumed = run.state().application;
  if (resumed !== null) return resumed;

  run.emit({ type: 'phase', phase: 'application' });
  const { name, create } = run.request.application;
  const profiles = await listApplications(run.client, run.call);
  const match = findByName('application profile', name, profiles);
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
  const application =
    match === undefined
      ? { ...(await createProfile(run)), created: true }
      : { id: match.found.id, name: match.found.name, created: false };
  if (match !== undefined && run.request.application.update) await updateProfile(run, match.found);
  await run.record('application', 'done', { application });
  run.emit({ type: 'application', ...application });
  return application;
}

async function createProfile(run: ScanRun): Promise<{ id: string; name: string }> {
  const { name, fields, repositoryUrl } = run.request.application;
  await checkNamesExist(run, fields);
  await run.record('application', 'began');
  const created = await changeOnce<ApplicationSummary>(run, {
    act: (call) => createApplication(run.client, { name, fields: { ...fields, criticality: fields.criticality ?? 'Very High' } }, call),
    readBack: async (call) => findByName('application profile', name, await listApplications(run.client, call))?.found,
    // Names are unique in an account: a second profile is refused.
    repeat: 'refused',
  });
  if (repositoryUrl !== null) await setRepositoryUrl(run.client, { applicationId: created.id, repositoryUrl }, run.call);
  return { id: created.id, name: created.name };
}

async function updateProfile(run: ScanRun, profile: ApplicationSummary): Promise<void> {
  const { fields, repositoryUrl } = run.request.application;
  const before = await getApplication(run.client, { applicationId: profile.id }, run.call);
  const changes = profileChanges(before, fields);
  if (changes.length > 0) {
    await checkNamesExist(run, fields);
    await run.record('application', 'began');
    // The same values twice leave the same profile, so the transport may repeat the call by itself.
    await updateApplication(run.client, { applicationId: profile.id, name: profile.name, fields }, run.call);
    for (const change of changes) run.emit({ type: 'profile-change', ...change });
  }
  if (repositoryUrl !== null) await setRepositoryUrl(run.client, { applicationId: profile.id, repositoryUrl }, run.call);
}

/** One field of a profile that differs from what the request wants. */
interface ProfileChange {
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
