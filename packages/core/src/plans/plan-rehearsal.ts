import { deleteSandboxProfile } from '../api/rest/sandboxes.js';
import { createBuild, deleteLatestBuild } from '../api/xml/builds.js';
import { uploadFile } from '../api/xml/files.js';
import { createSandboxOnce } from '../workflows/create-sandbox-once.js';
import type { Rehearsal } from '../workflows/rehearse-write.js';
import type { CallingRun } from '../workflows/run.js';
import type { Plan } from './plan.js';
import { NEW_SANDBOX, NEW_SANDBOX_GUID } from './placeholders.js';
import { createPlanning } from './planning.js';

/** Says what `rehearseWrite` would do now. @throws the errors of the calls @public */
export async function planRehearsal(run: CallingRun, { application, sandboxName, buildName, artifact }: Rehearsal): Promise<Plan> {
  const planning = createPlanning(run.client);
  const context = { applicationId: application.applicationId, sandboxId: NEW_SANDBOX };
  planning.know('application', `"${application.name}" (${application.applicationId})`);
  planning.know('sandbox', `"${sandboxName}", to be created and removed again`);
  await planning.change((client) => createSandboxOnce({ ...run, client }, { application, name: sandboxName }));
  await planning.change((client) => createBuild(client, { ...context, name: buildName }, run.call));
  await planning.change((client) => uploadFile(client, { ...context, artifact }, run.call), `${String(artifact.sizeBytes)} bytes`);
  planning.read('getfilelist.do', 'the file has arrived');
  await planning.change((client) => deleteLatestBuild(client, context, run.call), 'the build of the rehearsal');
  await planning.change((client) => deleteSandboxProfile(client, { applicationGuid: application.guid, sandboxGuid: NEW_SANDBOX_GUID }, run.call));
  return planning.plan();
}
