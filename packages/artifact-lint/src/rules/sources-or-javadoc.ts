import { baseName } from '../archive/entry-name.js';
import { aboutArtifact, aboutEntries } from '../complaints.js';
import { filesOf } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

const NAME = /[-.](?:sources|javadoc|src)\.(?:jar|zip)$/iu;

/** Written beside the artifact by Maven and Gradle, and matched by the same pattern. */
export const SOURCES_OR_JAVADOC: RuleDefinition = {
  id: 'sources-or-javadoc',
  title: 'Jar of sources or documentation',
  severity: 'warning',
  advice: "Leave it out: --exclude '*-sources.jar' '*-javadoc.jar'.",
  example: 'shop-1.0-sources.jar',
  check(survey) {
    if (NAME.test(survey.artifact)) return aboutArtifact('It holds sources or documentation, which the platform does not scan.');
    return aboutEntries(filesOf(survey).filter(({ name }) => NAME.test(baseName(name))), 'Archives of sources or documentation');
  },
};
