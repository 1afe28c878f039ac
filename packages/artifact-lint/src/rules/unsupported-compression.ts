import { READABLE_METHODS } from '../archive/archive-entry.js';
import { aboutEntries } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

/** Zip has a dozen methods, and most programs know two. */
export const UNSUPPORTED_COMPRESSION: RuleDefinition = {
  id: 'unsupported-compression',
  title: 'Compression that few programs know',
  severity: 'error',
  advice: 'Pack with deflate, which every program uses unless it is told otherwise.',
  example: 'shop.zip packed with 7z -mm=LZMA',
  check({ entries }) {
    const odd = entries.filter(({ method, isEncrypted }) => method !== null && !isEncrypted && !READABLE_METHODS.includes(method));
    return aboutEntries(odd, `Files that are packed with another method than deflate, number ${[...new Set(odd.map(({ method }) => String(method)))].join(', ')}`);
  },
};
