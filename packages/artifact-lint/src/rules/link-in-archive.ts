import { aboutEntries } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

/** @see docs.veracode.com "Package your code": tar with -h */
export const LINK_IN_ARCHIVE: RuleDefinition = {
  id: 'link-in-archive',
  title: 'Link instead of a file',
  severity: 'warning',
  advice: 'Let the packing program follow links: tar -h, zip without --symlinks.',
  example: 'shop.tar with lib/db.jar as a link to /opt/db.jar',
  check: ({ entries }) => aboutEntries(entries.filter(({ kind }) => kind === 'link'), 'Links, which lead to nothing on the platform'),
};
