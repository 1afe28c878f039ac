import { extensionOf } from '../archive/entry-name.js';
import { aboutEntries } from '../complaints.js';
import { filesOf, isSpokenAbout } from '../entries.js';
import type { RuleDefinition } from '../rule.js';
import { placeOf, type SurveyedEntry } from '../survey/survey.js';

/** The platform leaves minified scripts out, or finds things in line 1, column 20000. */
export const MINIFIED_SCRIPT: RuleDefinition = {
  id: 'minified-script',
  title: 'Minified JavaScript without its source',
  severity: 'warning',
  advice: 'Upload the sources as they are written, and leave the minified files out.',
  example: 'shop.zip with public/shop.min.js and no shop.js',
  check(survey) {
    const scripts = filesOf(survey).filter((entry) => entry.content?.kind === 'script' && !isSpokenAbout(entry));
    const written = new Set(scripts.filter((entry) => !isMinified(entry)).map(stem));
    const minified = scripts.filter((entry) => isMinified(entry) && !isBundled(entry) && !written.has(stem(entry)));
    return aboutEntries(minified, 'Minified scripts without the file that they were made of');
  },
};

function isMinified({ content, name }: SurveyedEntry): boolean {
  return (content?.kind === 'script' && content.isMinified) || /[.-]min\.[cm]?js$/iu.test(name);
}

/** Joined by a bundler: that is what has to be said of it. */
function isBundled({ content }: SurveyedEntry): boolean {
  return content?.kind === 'script' && content.bundler !== null;
}

/** The same for `shop.js` and `shop.min.js` in one folder. */
function stem(entry: SurveyedEntry): string {
  const place = placeOf(entry);
  return place.slice(0, -1 - extensionOf(place).length).replace(/[.-]min$/iu, '').toLowerCase();
}
