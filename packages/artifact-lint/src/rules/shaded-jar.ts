import { someOf } from '../complaints.js';
import { filesOf } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

const DESCRIPTOR = /^META-INF\/maven\/([^/]+)\/([^/]+)\/pom\.properties$/u;

/** Libraries unpacked into one jar cannot be told from your own code. */
export const SHADED_JAR: RuleDefinition = {
  id: 'shaded-jar',
  title: 'Libraries merged into one jar',
  severity: 'warning',
  advice: 'Upload the jar before the shade or assembly plugin has merged it (original-*.jar), with its libraries beside it.',
  example: 'shop-all.jar with the classes of 40 libraries',
  check(survey) {
    const byArchive = new Map<string, string[]>();
    for (const { name, within } of filesOf(survey)) {
      const [, , library] = DESCRIPTOR.exec(name) ?? [];
      if (library !== undefined) byArchive.set(within, [...(byArchive.get(within) ?? []), library]);
    }
    return [...byArchive]
      .filter(([, libraries]) => libraries.length > 1)
      .slice(0, 3)
      .map(([within, libraries]) => ({
        place: within === '' ? null : within,
        sentence: `The classes of ${libraries.length} libraries are merged into one jar: ${someOf(libraries)}.`,
      }));
  },
};
