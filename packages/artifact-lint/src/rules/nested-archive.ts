import { aboutEntries } from '../complaints.js';
import { isPlainArchiveEntry, isSpokenAbout } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

/** The platform unpacks one level. */
export const NESTED_ARCHIVE: RuleDefinition = {
  id: 'nested-archive',
  title: 'Archive in an archive',
  severity: 'warning',
  advice: 'Put the files themselves into the artifact, or upload the inner archive beside it (jar, war and ear inside are fine).',
  example: 'shop.zip that contains backend.zip',
  check({ entries, isArchive }) {
    const nested = !isArchive ? [] : entries.filter((entry) => isPlainArchiveEntry(entry) && !isSpokenAbout(entry));
    return aboutEntries(nested, 'Archives inside that will not be unpacked, so that nothing in them is scanned');
  },
};
