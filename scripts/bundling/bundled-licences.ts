import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const RULER = '='.repeat(80);
const INTRO = 'verapipe is a bundle. Besides its own code (Apache-2.0, see LICENSE) it holds these libraries.\n';

/**
 * Writes the licences of the libraries that a bundle holds beside it, as these licences ask for.
 *
 * @param folder - where the bundle lies, with the metafile of its build, which is removed
 */
export async function writeBundledLicences(folder: string, format: 'esm' | 'cjs' | 'iife'): Promise<void> {
  const metafile = join(folder, `metafile-${format}.json`);
  const { inputs } = JSON.parse(await readFile(metafile, 'utf8')) as { readonly inputs: Readonly<Record<string, unknown>> };
  const folders = new Set(Object.keys(inputs).flatMap((input) => packageFolder(input) ?? []));
  const notices = await Promise.all([...folders].map(readNotice));
  await writeFile(join(folder, 'THIRD-PARTY-LICENSES.txt'), [INTRO, ...notices.sort()].join(`\n${RULER}\n\n`));
  await rm(metafile);
}

/** The folder of the library that a file of the bundle belongs to. */
function packageFolder(input: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(input)?.[1];
}

async function readNotice(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Readonly<Record<'name' | 'version' | 'license', string>>;
  const files = await readdir(folder);
  const licence = files.find((entry) => /^licen[cs]e/iu.test(entry));
  // The Apache licence asks for the notice too.
  const notice = files.find((entry) => /^notice(?:\.|$)/iu.test(entry));
  const text = licence === undefined ? 'The package brings no text of its licence.' : await readFile(join(folder, licence), 'utf8');
  const rest = notice === undefined ? '' : `\n${(await readFile(join(folder, notice), 'utf8')).trim()}\n`;
  return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text.trim()}\n${rest}`;
}
