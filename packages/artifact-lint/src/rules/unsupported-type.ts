import { aboutArtifact } from '../complaints.js';
import { extensionOf } from '../archive/entry-name.js';
import type { FileFormat } from '../archive/recognise-format.js';
import type { RuleDefinition } from '../rule.js';

const UNSUPPORTED: readonly FileFormat[] = [
  ...(['rar', '7-zip', 'xz', 'bzip2', 'zstandard', 'gzip', 'cabinet'] as const),
  ...(['installer database', 'package of a Linux distribution', 'PDF', 'picture'] as const),
];
/** These cannot be told by their first bytes. */
const UNSUPPORTED_NAMES: readonly string[] = ['dmg', 'iso', 'img', 'vhd', 'vmdk', 'docx', 'xlsx', 'pptx', 'mp4', 'mov'];

/** RAR is named by the vendor; the rest is no program. */
export const UNSUPPORTED_TYPE: RuleDefinition = {
  id: 'unsupported-type',
  title: 'Type of file that is not scanned',
  severity: 'error',
  advice: 'Upload what the build makes (jar, war, dll …), or the sources in a .zip, .tar, .tar.gz or .tgz.',
  example: 'shop.rar',
  check({ format, artifact, isArchive }) {
    const extension = extensionOf(artifact);
    if (!isArchive && UNSUPPORTED.includes(format)) return aboutArtifact(`It is a file of the type ${format}, which the platform does not scan.`);
    return UNSUPPORTED_NAMES.includes(extension) ? aboutArtifact(`A .${extension} file is not scanned by the platform.`) : [];
  },
};
