import { aboutArtifact } from '../complaints.js';
import { isModuleArchive, isTarName } from '../archive/archive-names.js';
import { extensionOf } from '../archive/entry-name.js';
import type { FileFormat } from '../archive/recognise-format.js';
import type { RuleDefinition } from '../rule.js';

/** What a name promises, where it promises something. */
function promisedFormats(name: string): readonly FileFormat[] | null {
  const extension = extensionOf(name);
  if (isModuleArchive(name) || extension === 'zip') return ['zip'];
  if (isTarName(name)) return extension === 'tar' ? ['tar'] : ['gzip'];
  return { dll: ['pe'] as const, exe: ['pe'] as const, class: ['class'] as const }[extension] ?? null;
}

/** The platform goes by names where it chooses how to read a file. */
export const NAME_DIFFERS_FROM_CONTENT: RuleDefinition = {
  id: 'name-differs-from-content',
  title: 'Name and content do not fit',
  severity: 'warning',
  advice: 'Give the file the extension of what it is (--save-as), or see why the build made something else.',
  example: 'shop.zip that is a gzipped tar',
  check({ artifact, format, damages }) {
    const promised = promisedFormats(artifact);
    const isUnread = damages.some(({ within }) => within === '');
    // A start script may stand before the archive in a jar that can be executed.
    const isPrefixed = isModuleArchive(artifact) && (format === 'text' || format === 'unknown');
    if (promised === null || promised.includes(format) || isUnread || isPrefixed) return [];
    return aboutArtifact(`By its name it is of the type ${promised.join()}, by its content ${format === 'unknown' ? 'something else' : `of the type ${format}`}.`);
  },
};
