import { isModuleArchive, isPlainArchive } from '../archive/archive-names.js';
import { extensionOf } from '../archive/entry-name.js';
import { aboutEntries } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

/** A library in a war in an ear is how Java is packed; libraries in libraries are not. */
export const DEEP_ARCHIVE: RuleDefinition = {
  id: 'deep-archive',
  title: 'Library in a library',
  severity: 'warning',
  advice: 'Let the build put every library into one folder of the artifact, for instance WEB-INF/lib or BOOT-INF/lib.',
  example: 'shop.war with WEB-INF/lib/all.jar that contains lib/db.jar',
  check({ entries, artifact }) {
    const deep = entries.filter((entry) => entry.kind === 'file' && entry.within !== '' && isModuleArchive(entry.name) && !isUsual(artifact, entry.within));
    return aboutEntries(deep, 'Libraries inside of libraries, where no scanner looks');
  },
};

/** A plain archive counts for nothing, and a war in an ear brings its own libraries. */
function isUsual(artifact: string, within: string): boolean {
  return isPlainArchive(artifact) || (extensionOf(artifact) === 'ear' && extensionOf(within) === 'war');
}
