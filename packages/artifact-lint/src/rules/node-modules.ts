import { aboutFolders, foldersWith } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

const FOLDERS: readonly string[] = ['node_modules', 'bower_components', 'jspm_packages'];

/** Installed libraries: thousands of files that are not yours, and that are read from the lock file anyway. */
export const NODE_MODULES: RuleDefinition = {
  id: 'node-modules',
  title: 'Installed JavaScript libraries',
  severity: 'warning',
  advice: 'Leave the folder out and keep package.json with its lock file: libraries are recognised by these.',
  example: 'shop.zip with node_modules/react',
  check: ({ entries }) => aboutFolders(foldersWith(entries, (folder) => FOLDERS.includes(folder)), 'Installed libraries are in it'),
};
