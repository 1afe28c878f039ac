import { aboutArtifact } from '../complaints.js';
import { filesOf } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

/** @see docs.veracode.com "Upload a packaged application" */
const MAX_FILES = 50_000;

/** The platform takes so many files for one scan. */
export const ENTRY_COUNT: RuleDefinition = {
  id: 'entry-count',
  title: 'Too many files',
  severity: 'warning',
  advice: 'Leave out what is not your application (node_modules, tests, documentation), or scan the parts as profiles of their own.',
  example: 'shop.zip with 60000 files',
  check(survey) {
    const files = filesOf(survey).filter(({ within }) => within === '').length;
    const isStopped = survey.unread.some(({ why, what }) => why === 'too-many-entries' && what === '');
    return files > MAX_FILES || isStopped ? aboutArtifact(`It has ${isStopped ? 'more than ' : ''}${files} files; the platform takes ${MAX_FILES} for one scan.`) : [];
  },
};
