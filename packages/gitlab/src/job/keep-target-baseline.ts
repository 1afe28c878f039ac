import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { ComponentSettings, Env } from './component-settings.js';
import { download } from './download.js';
import { given } from './job-plan.js';
import { isUsableBaseline, targetArtifact } from './target-baseline.js';

/**
 * Fetches the findings of the target branch and keeps them beside the results, for this job and for the gate. Whatever
 * keeps it from doing so is said and makes no job red: every finding counts then.
 *
 * @param file - where they are kept; one of an earlier run is removed
 * @returns whether they are there
 */
export async function keepTargetBaseline(settings: ComponentSettings, env: Env, { file, say }: { readonly file: string; readonly say: (line: string) => void }): Promise<boolean> {
  await rm(file, { force: true });
  if (!settings.takesTargetBaseline) return false;
  const none = (reason: string): false => {
    say(`WARNING: no baseline of the target branch: ${reason}. Every finding counts.`);
    return false;
  };
  const artifact = targetArtifact(settings, env);
  if ('reason' in artifact) return none(artifact.reason);
  const got = await download({ ...artifact, ca: await serverAuthority(env) });
  if ('status' in got) return none(got.status === 404 ? `branch ${artifact.ref} has no successful job of this name with results yet (404)` : `GitLab answered ${got.status} for the results of branch ${artifact.ref}`);
  if ('reason' in got) return none(`GitLab could not be read: ${got.reason}`);
  if (!isUsableBaseline(got.text)) return none(`the results of branch ${artifact.ref} are not those of a judged scan`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, got.text);
  say(`Compared with the last results of branch ${artifact.ref}, kept as ${file}.`);
  return true;
}

/** Set by the runner where the server's certificate is not signed by a public authority. */
async function serverAuthority(env: Env): Promise<string | null> {
  const file = given(env, 'CI_SERVER_TLS_CA_FILE');
  if (file === null) return null;
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
