import { aboutArtifact } from '../complaints.js';
import { extensionOf } from '../archive/entry-name.js';
import { filesOf, isPlainArchiveEntry, isScannable } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

/** Programs without an extension are told by their first bytes where they are the artifact, and not inside of archives. */
const PROGRAMS: readonly string[] = ['pe', 'elf', 'mach-o', 'class', 'dex'];

/** An archive of texts and pictures: the prescan would find no module. */
export const NOTHING_TO_SCAN: RuleDefinition = {
  id: 'nothing-to-scan',
  title: 'Nothing that could be scanned',
  severity: 'error',
  advice: 'See what the build makes and where it puts it; the artifact holds none of it.',
  example: 'shop.zip with a README and two pictures',
  check(survey) {
    const files = filesOf(survey);
    const isFull = survey.damages.length === 0 && survey.unread.length === 0 && files.length > 0;
    const hasProgram = PROGRAMS.includes(survey.format) || files.some((file) => isScannable(file) || isPlainArchiveEntry(file) || file.isEncrypted || extensionOf(file.name) === '');
    if (!isFull || hasProgram || (!survey.isArchive && survey.format !== 'text')) return [];
    return aboutArtifact(`None of its ${files.length} files has a type that the platform scans.`);
  },
};
