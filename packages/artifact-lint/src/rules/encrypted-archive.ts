import { aboutEntries } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

/** The platform opens no archive that has a password. */
export const ENCRYPTED_ARCHIVE: RuleDefinition = {
  id: 'encrypted-archive',
  title: 'Archive with a password',
  severity: 'error',
  advice: 'Pack it without a password: the way to the platform is encrypted already.',
  example: 'shop.zip packed with zip --encrypt',
  check: ({ entries }) => aboutEntries(entries.filter(({ isEncrypted }) => isEncrypted), 'Files that can be read with a password only'),
};
