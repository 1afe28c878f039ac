import { extensionOf } from '../archive/entry-name.js';
import { aboutEntries } from '../complaints.js';
import { filesOf, isSpokenAbout } from '../entries.js';
import type { RuleDefinition } from '../rule.js';
import type { SurveyedEntry } from '../survey/survey.js';

/** What bundles are made of. */
const SOURCES: readonly string[] = ['ts', 'mts', 'cts', 'tsx', 'jsx', 'vue', 'svelte'];

/** In a bundle, libraries and your own code are one file: findings move with each build, and libraries are not recognised. */
export const BUNDLED_SCRIPT: RuleDefinition = {
  id: 'bundled-script',
  title: 'Bundled JavaScript without its sources',
  severity: 'warning',
  advice: 'Upload the sources that the bundle is made of, with package.json and its lock file, and leave the bundle out.',
  example: 'shop.zip with dist/main.js made by webpack, and no src folder',
  check(survey) {
    const files = filesOf(survey).filter((entry) => !isSpokenAbout(entry));
    if (files.some(isSource)) return [];
    const bundles = files.filter(({ content }) => content?.kind === 'script' && content.bundler !== null);
    const bundlers = [...new Set(bundles.flatMap(({ content }) => (content?.kind === 'script' && content.bundler !== null ? [content.bundler] : [])))];
    return aboutEntries(bundles, `Scripts that were joined by ${bundlers.join(' and ')}, without what they were made of`);
  },
};

function isSource({ name, content }: SurveyedEntry): boolean {
  const isTyped = SOURCES.includes(extensionOf(name)) && !name.endsWith('.d.ts');
  return isTyped || (/(?:^|\/)src\//u.test(name) && content?.kind === 'script' && content.bundler === null && !content.isMinified);
}
