import { aboutFolders, foldersWith } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

const FOLDERS: readonly string[] = ['.idea', '.vscode', '.vs', '.gradle', '.settings', '__macosx', '.nyc_output', 'coverage', '.terraform', '.tox', '.pytest_cache', '.mypy_cache'];

/** Files of editors and tools: no harm, and no use. */
export const BUILD_LEFTOVERS: RuleDefinition = {
  id: 'build-leftovers',
  title: 'Files of editors and build tools',
  severity: 'warning',
  advice: 'Leave these folders out; they make the upload larger, and hold settings of one machine.',
  example: 'shop.zip with .idea/workspace.xml',
  check: ({ entries }) => aboutFolders(foldersWith(entries, (folder) => FOLDERS.includes(folder)), 'Files of editors and build tools are in it'),
};
