import { aboutEntries } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';
import { placeOf, type SurveyedEntry } from '../survey/survey.js';

/** Two entries of one name: one of them is scanned, and nobody says which. */
export const DUPLICATE_ENTRY: RuleDefinition = {
  id: 'duplicate-entry',
  title: 'Name that occurs twice',
  severity: 'warning',
  advice: 'Pack into a new archive instead of adding to an old one, and give files names that differ by more than case.',
  example: 'shop.zip with two entries index.php',
  check({ entries }) {
    const seen = new Set<string>();
    const again: SurveyedEntry[] = [];
    for (const entry of entries) {
      if (entry.kind !== 'file' || isMergedByNature(entry.name)) continue;
      const key = placeOf(entry).toLowerCase();
      if (seen.has(key)) again.push(entry);
      seen.add(key);
    }
    return aboutEntries(again, "Files with the name of another one in the same place, letters' case apart");
  },
};

/** Obfuscators and jars of many libraries have these, and no code is in them. */
function isMergedByNature(name: string): boolean {
  return /^META-INF\//iu.test(name) || /(?:^|\/)[A-Za-z]{1,2}\.class$/u.test(name);
}
