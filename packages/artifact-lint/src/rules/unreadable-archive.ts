import { someOf } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

/** A file that calls itself an archive, or contains one, and cannot be read to the end. */
export const UNREADABLE_ARCHIVE: RuleDefinition = {
  id: 'unreadable-archive',
  title: 'Archive cannot be read',
  severity: 'error',
  advice: 'Build it again, and see that the program that packs it ended well before it is uploaded.',
  example: 'shop.war of which the last megabyte is missing',
  check({ damages, artifact }) {
    const [first] = damages;
    if (first === undefined) return [];
    const places = [...new Set(damages.map(({ within, reason }) => `${within === '' ? artifact : within} (${reason})`))];
    return [{ place: first.within === '' ? null : first.within, sentence: `It cannot be read to the end: ${someOf(places)}.` }];
  },
};
