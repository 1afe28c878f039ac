import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGES = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A package that is published. */
export interface PublishedPackage {
  readonly name: string;
  /** Where it is made. */
  readonly folder: string;
}

/** What people import. */
export const LIBRARIES: readonly PublishedPackage[] = ['core', 'reports', 'artifact-lint', 'ci-kit', 'emulator'].map((room) => ({
  name: `@verapipe/${room}`,
  folder: join(PACKAGES, room),
}));

/** What people run. Only our adapters import it, to run it in their own process. */
export const CLI: PublishedPackage = { name: 'verapipe', folder: join(PACKAGES, 'cli') };
