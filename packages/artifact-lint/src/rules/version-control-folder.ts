import { aboutFolders, foldersWith } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

const FOLDERS: readonly string[] = ['.git', '.svn', '.hg', '.bzr', 'cvs'];

/** The history holds what was deleted long ago: secrets too. */
export const VERSION_CONTROL_FOLDER: RuleDefinition = {
  id: 'version-control-folder',
  title: 'History of the repository',
  severity: 'warning',
  advice: 'Leave the folder out, for instance with `git archive`, which packs files and no history.',
  example: 'shop.zip with .git/objects',
  check: ({ entries }) => aboutFolders(foldersWith(entries, (folder) => FOLDERS.includes(folder)), 'The history of the repository is in it'),
};
