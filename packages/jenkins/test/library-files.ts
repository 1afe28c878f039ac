import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the library. */
export const PACKAGE = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Parameters of the steps that are no options of the command line, as the library lists them. */
export const OWN_PARAMETERS: readonly string[] = [...(/OWN_PARAMETERS = \[([^\]]*)\]/u.exec(source('StepCall'))?.[1] ?? '').matchAll(/'(\w+)'/gu)].map(([, name = '']) => name);

function source(name: string): string {
  return readFileSync(join(PACKAGE, 'src', 'verapipe', 'jenkins', `${name}.groovy`), 'utf8');
}
