import { aboutArtifact, someOf } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';
import type { Unread } from '../survey/survey.js';

const REASONS: Readonly<Record<Unread['why'], string>> = {
  'too-deep': 'more than one archive around it',
  'archive-too-large': 'too large to be opened inside of an artifact',
  'archives-too-large': 'too much together with the archives before it',
  'too-many-entries': 'too many entries',
  'stream-too-long': 'too long when unpacked',
};

/** Says where the lint itself looked away: what was not read was not judged. */
export const PARTLY_UNREAD: RuleDefinition = {
  id: 'partly-unread',
  title: 'Not looked into as a whole',
  severity: 'warning',
  advice: 'Nothing has to be wrong; the other rules have not seen these parts.',
  example: 'shop.ear with a war of 300 MB inside',
  check({ unread, artifact }) {
    if (unread.length === 0) return [];
    const parts = unread.map(({ what, why }) => `${what === '' ? artifact : what} (${REASONS[why]})`);
    return aboutArtifact(`Some of it was not looked into: ${someOf(parts)}.`);
  },
};
