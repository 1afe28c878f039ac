import { baseName } from '../archive/entry-name.js';
import { aboutFolders, foldersWith } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

/** Installed Python libraries, and the interpreter with them. */
export const VIRTUAL_ENVIRONMENT: RuleDefinition = {
  id: 'virtual-environment',
  title: 'Installed Python libraries',
  severity: 'warning',
  advice: 'Leave the environment out and keep requirements.txt or another list of libraries: they are recognised by it.',
  example: 'shop.zip with .venv/lib/python3.12/site-packages',
  check({ entries }) {
    const roots = new Set(entries.filter(({ name }) => baseName(name) === 'pyvenv.cfg').map(({ name }) => baseName(name.slice(0, -'/pyvenv.cfg'.length)).toLowerCase()));
    return aboutFolders(foldersWith(entries, (folder) => folder === 'site-packages' || folder === '.venv' || roots.has(folder)), 'Installed libraries are in it');
  },
};
