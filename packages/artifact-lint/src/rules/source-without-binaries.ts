import { aboutEntries } from '../complaints.js';
import { COMPILED_SOURCES, filesWith, isSpokenAbout } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

/** Java, .NET and C++ are scanned as binaries. */
export const SOURCE_WITHOUT_BINARIES: RuleDefinition = {
  id: 'source-without-binaries',
  title: 'Sources of a compiled language without binaries',
  severity: 'error',
  advice: 'Upload what the compiler makes of them, with debug information: jar or war, dll with pdb.',
  example: 'shop.zip with src/main/java and no class file',
  check(survey, { hasBinaries }) {
    const sources = filesWith(survey, COMPILED_SOURCES).filter((entry) => !isSpokenAbout(entry));
    return hasBinaries ? [] : aboutEntries(sources, 'Sources of a compiled language, and no binary in any artifact of the run');
  },
};
