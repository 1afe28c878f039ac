import { aboutArtifact } from '../complaints.js';
import { isModuleArchive } from '../archive/archive-names.js';
import { extensionOf } from '../archive/entry-name.js';
import type { RuleDefinition } from '../rule.js';

const NAMED_BY_THE_VENDOR: readonly string[] = ['zip', 'tar', 'tar.gz', 'tgz'];

/** An archive under a name that the vendor's pages do not speak of. */
export const ARCHIVE_EXTENSION: RuleDefinition = {
  id: 'archive-extension',
  title: 'Archive with an extension that is not documented',
  severity: 'warning',
  advice: 'Give it a name that ends with .zip (--save-as "*.whl=$1.zip"), or upload the sources that it was made of.',
  example: 'shop-1.0-py3-none-any.whl',
  check({ artifact, isArchive, format }) {
    const extension = extensionOf(artifact);
    if (!isArchive || !['zip', 'gzip', 'tar'].includes(format) || isModuleArchive(artifact) || NAMED_BY_THE_VENDOR.includes(extension)) return [];
    const shown = extension === '' ? 'without an extension' : `with the extension .${extension}`;
    return aboutArtifact(`It is an archive ${shown}; the platform documents .zip, .tar, .tar.gz and .tgz, and may take it for a file that is not scanned.`);
  },
};
