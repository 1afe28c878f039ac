import { aboutEntries } from '../complaints.js';
import { filesOf } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

/** A private key by its content: no name makes it harmless. */
export const PRIVATE_KEY: RuleDefinition = {
  id: 'private-key',
  title: 'Private key',
  severity: 'error',
  advice: 'Leave it out of the artifact, and replace the key: it was in the hands of everybody who had the build.',
  example: 'shop.zip with conf/server.pem that begins with BEGIN PRIVATE KEY',
  check: (survey) => aboutEntries(filesOf(survey).filter(({ content }) => content?.kind === 'text' && content.hasPrivateKey), 'Files with a private key'),
};
