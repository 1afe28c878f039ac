import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package. */
export const PACKAGE = dirname(dirname(fileURLToPath(import.meta.url)));

/** The committed file of a template. */
export function templateFile(name: string): string {
  return join(PACKAGE, 'templates', name, 'template.yml');
}
