import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { manifestFaults } from './check-manifests.js';
import { normaliseArchive } from './normalise-archive.js';

/** The packer by Azure DevOps' makers, in the tools folder of the repository. */
export function packerIn(toolsFolder: string): string {
  return join(toolsFolder, 'tfx-cli', 'node_modules', 'tfx-cli', '_build', 'tfx-cli.js');
}

/** What an extension is packed with. */
export interface Packing {
  /** The VSIX. */
  readonly target: string;
  /** {@link packerIn} */
  readonly packer: string;
  /** Folder of the schemas of both manifests. */
  readonly schemas: string;
}

/**
 * Packs a staged extension whose manifests are valid. Every warning of the packer is a failure: it packs what it warns of.
 *
 * @throws Error with the faults of the manifests, or with what the packer said
 */
export async function createVsix(staged: string, { target, packer, schemas }: Packing): Promise<void> {
  const faults = await manifestFaults(staged, schemas);
  if (faults.length > 0) throw new Error(`The manifests of the extension are not valid:\n${faults.join('\n')}`);
  if (!existsSync(packer)) throw new Error(`There is no tfx-cli at ${packer}: node scripts/fetch-vendor-tools.mjs fetches it.`);
  const args = [packer, 'extension', 'create', '--root', staged, '--manifest-globs', 'vss-extension.json', '--output-path', target, '--no-prompt', '--no-color'];
  const { code, output } = await run(args, staged);
  if (code !== 0 || /\b(?:warning|error)\b/iu.test(output) || !existsSync(target)) throw new Error(`tfx did not pack the extension without a warning:\n${output}`);
  await normaliseArchive(target);
}

function run(args: readonly string[], cwd: string): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd }, (_error, stdout, stderr) => resolve({ code: child.exitCode, output: `${stdout}${stderr}` }));
  });
}
