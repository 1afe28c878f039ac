import { resolve } from 'node:path';

import { findArtifacts } from '../artifacts/find-artifacts.js';
import { profileFile } from '../credentials/profile-file.js';
import { findFindingsFile } from '../findings-files/find-findings-file.js';
import type { OptionKey } from '../options/option-table.js';
import type { RunContext } from './run-context.js';

/** A file that a command was told to read. */
export interface InputFile {
  /** Key of the option that names it. */
  readonly option: OptionKey;
  /** Absolute. */
  readonly path: string;
}

/** Every file that a command was told to read but its state, whether it is there or not. Never throws. */
export async function inputFiles(run: RunContext): Promise<readonly InputFile[]> {
  const { options, input } = run;
  const at = (path: string): string => resolve(input.cwd, path);
  const named = async (option: OptionKey, paths: readonly (string | null)[], find: (path: string) => string | Promise<string> = at): Promise<readonly InputFile[]> =>
    Promise.all(paths.filter((path) => path !== null).map(async (path) => ({ option, path: await find(path) })));
  const { waivers, orgPolicy, liveBranches, baseline, earlier, from } = options;
  const files = await Promise.all([
    named('file', await artifactsOf(run)),
    named('waivers', [waivers]),
    named('orgPolicy', [orgPolicy]),
    named('liveBranches', [liveBranches]),
    named('baseline', [baseline], (path) => findingsIn(at(path))),
    named('earlier', earlier, (path) => findingsIn(at(path))),
    named('from', [from], (path) => findingsIn(at(path))),
    named('caFile', authoritiesOf(run)),
    named('profile', [profileFile(run)]),
  ]);
  return files.flat();
}

/** They are read as the process sees them, which may have another working folder. */
function authoritiesOf({ options, input }: RunContext): readonly string[] {
  const paths = [options.caFile, input.env['NODE_EXTRA_CA_CERTS']].flatMap((path) => (path ? [path] : []));
  return [...new Set(paths.flatMap((path) => [resolve(path), resolve(input.cwd, path)]))];
}

async function artifactsOf({ options, input }: RunContext): Promise<readonly string[]> {
  const { file: files, exclude } = options;
  try {
    return (await findArtifacts({ cwd: input.cwd, files, exclude })).files.map(({ path }) => path);
  } catch {
    // Whoever is to read them tells why that cannot be.
    return files.map((path) => resolve(input.cwd, path));
  }
}

/** What a folder stands for is a file in it. */
async function findingsIn(path: string): Promise<string> {
  try {
    return await findFindingsFile(path);
  } catch {
    return path;
  }
}
