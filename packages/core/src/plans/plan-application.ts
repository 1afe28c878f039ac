import { setRepositoryUrl } from '../api/rest/applications.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import { createApplication, updateApplication } from '../api/xml/applications.js';
import { checkNamesExist } from '../workflows/check-names-exist.js';
import { changesOfProfile, findRequestedProfile, newProfile } from '../workflows/resolve-application.js';
import type { ScanRun } from '../workflows/run.js';
import type { NamedPlace } from '../workflows/scan-state.js';
import { captureChange } from './capture-change.js';
import type { PlannedChange } from './plan.js';
import { NEW_APPLICATION } from './placeholders.js';
import type { Planning } from './planning.js';

/** The rest of a profile is known once the platform has made or changed it. */
export const PROFILE_AS_IT_WILL_BE = 'with all other fields of the profile, as they will be then';

/** Plans how a run comes by its application profile. */
export async function planApplication(run: ScanRun, planning: Planning): Promise<NamedPlace> {
  const resumed = run.state().application;
  const application = resumed ?? (await foundOrNew(run, planning));
  planning.know('application', application.created && resumed === null ? `"${application.name}", to be created` : `"${application.name}" (${application.id})`);
  return application;
}

async function foundOrNew(run: ScanRun, planning: Planning): Promise<NamedPlace> {
  const { name, update, fields, repositoryUrl } = run.request.application;
  const profile = await findRequestedProfile(run);
  if (profile === undefined) {
    await checkNamesExist(run, fields);
    await planning.change((client) => createApplication(client, newProfile(run.request), run.call));
    if (repositoryUrl !== null) planning.laterChange({ ...SET_URL_OF_NEW, ...urlOnly(repositoryUrl) });
    return { id: NEW_APPLICATION, name, created: true };
  }
  const { id } = profile;
  if (update) {
    const changes = await changesOfProfile(run, profile);
    const note = changes.map(({ field, before, after }) => `${field}: "${before}" becomes "${after}"`).join('; ');
    if (changes.length > 0) await planning.change((client) => updateApplication(client, { applicationId: id, name: profile.name, fields }, run.call), note);
    if (repositoryUrl !== null) await planRepositoryUrl(run, planning, { applicationId: id, repositoryUrl, isChangedBefore: changes.length > 0 });
  }
  return { id, name: profile.name, created: false };
}

const SET_URL_OF_NEW = { operation: 'PUT /appsec/v1/applications/{guid}', method: 'PUT', path: '/appsec/v1/applications/{guid}' } as const;

interface RepositoryUrl {
  readonly applicationId: string;
  readonly repositoryUrl: string;
  /** True when a call before this one changes other fields. */
  readonly isChangedBefore: boolean;
}

/** The call brings the whole profile, with what a call before it has changed. */
async function planRepositoryUrl(run: ScanRun, planning: Planning, { isChangedBefore, ...wanted }: RepositoryUrl): Promise<void> {
  const act = (client: VeracodeClient): Promise<void> => setRepositoryUrl(client, wanted, run.call);
  if (!isChangedBefore) return planning.change(act);
  const change = await captureChange(run.client, act);
  if (change !== null) planning.laterChange({ ...change, ...urlOnly(wanted.repositoryUrl) });
}

function urlOnly(repositoryUrl: string): Pick<PlannedChange, 'parameters' | 'note'> {
  return { parameters: { profile: { git_repo_url: repositoryUrl } }, note: PROFILE_AS_IT_WILL_BE };
}
