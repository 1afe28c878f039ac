import { baseName, foldersOf } from '../archive/entry-name.js';
import { aboutEntries } from '../complaints.js';
import { filesOf, isSpokenAbout } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

const LOCK_FILES: readonly string[] = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'];

/** Which versions of the libraries are used stands in the lock file alone. */
export const NO_LOCK_FILE: RuleDefinition = {
  id: 'no-lock-file',
  title: 'package.json without a lock file',
  severity: 'warning',
  advice: 'Add the lock file to the artifact, so that composition analysis knows the versions; `npm pack` leaves it out.',
  example: 'shop.zip with package.json and no package-lock.json',
  check(survey) {
    const files = filesOf(survey).filter((entry) => !isSpokenAbout(entry));
    if (files.some(({ name }) => LOCK_FILES.includes(baseName(name)))) return [];
    const outermost = files.filter(({ name }) => baseName(name) === 'package.json').toSorted((a, b) => foldersOf(a.name).length - foldersOf(b.name).length);
    return aboutEntries(outermost, 'Manifests of npm without a lock file');
  },
};
