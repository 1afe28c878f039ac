import { baseName } from '../archive/entry-name.js';
import { filesWith } from '../entries.js';
import { someOf } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';
import { placeOf } from '../survey/survey.js';

/** `spring-core` and `5.3.2` of `spring-core-5.3.2.jar`. */
const LIBRARY = /^(.+?)(?:[-_.]v?(\d[\w.+-]*))?\.(?:jar|dll)$/iu;

/** The same library twice: findings twice, and the scanner chooses which one is called. */
export const DUPLICATE_LIBRARY: RuleDefinition = {
  id: 'duplicate-library',
  title: 'Library in two versions or places',
  severity: 'warning',
  advice: 'Keep one version of each library (mvn dependency:tree and its kin show where the other comes from).',
  example: 'shop.war with WEB-INF/lib/commons-io-2.4.jar and WEB-INF/lib/commons-io-2.11.jar',
  check(survey) {
    const places = new Map<string, string[]>();
    for (const entry of filesWith(survey, ['jar', 'dll'])) {
      const key = libraryKey(baseName(entry.name), entry.name);
      if (key !== null) places.set(key, [...(places.get(key) ?? []), placeOf(entry)]);
    }
    const twice = [...places.values()].filter((copies) => copies.length > 1);
    const [first] = twice;
    if (first === undefined) return [];
    const more = twice.length > 1 ? `; ${twice.length - 1} more ${twice.length === 2 ? 'library is' : 'libraries are'} there more than once` : '';
    return [{ place: first[0] ?? null, sentence: `A library is there ${first.length} times: ${someOf(first)}${more}.` }];
  },
};

/** Null for what may be there many times: texts of .NET in many languages, and builds for many systems. */
function libraryKey(base: string, name: string): string | null {
  if (/\.resources\.dll$/iu.test(base) || /(?:^|\/)runtimes\//iu.test(name)) return null;
  const library = LIBRARY.exec(base)?.[1];
  if (library === undefined) return null;
  // A classifier (netty-linux-x86_64) is another library of the same version; a dll has its version inside.
  const classifier = /\d-([a-z][\w-]*)\.jar$/iu.exec(base)?.[1] ?? '';
  return `${library.toLowerCase()} ${classifier.toLowerCase()}`;
}
