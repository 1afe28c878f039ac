import { aboutEntries } from '../complaints.js';
import { filesOf, isPlainArchiveEntry, isScannable } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

/** A download of all artifacts of a CI job, for instance. */
export const ARCHIVE_OF_ARCHIVES: RuleDefinition = {
  id: 'archive-of-archives',
  title: 'Nothing but archives in an archive',
  severity: 'error',
  advice: 'Upload the inner archives themselves, or one archive with their content.',
  example: 'artifacts.zip that contains backend.zip and frontend.tgz, and nothing else to scan',
  check(survey) {
    const own = filesOf(survey).filter(({ within }) => within === '');
    const archives = own.filter(isPlainArchiveEntry);
    if (!survey.isArchive || own.some(isScannable)) return [];
    return aboutEntries(archives, 'All that could be scanned is in archives inside, which the platform does not unpack');
  },
};
