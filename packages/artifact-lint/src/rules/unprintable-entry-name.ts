import { aboutEntries } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

/** @see docs.veracode.com "Package your code": printable UTF-8 characters */
export const UNPRINTABLE_ENTRY_NAME: RuleDefinition = {
  id: 'unprintable-entry-name',
  title: 'Name that is not printable UTF-8',
  severity: 'error',
  advice: 'Rename the files, or pack them on a system whose names are UTF-8.',
  example: 'shop.zip, made on an old Windows, with Größe.jsp in its code page',
  check({ entries }) {
    const odd = entries.filter(({ name, isNameText }) => !isNameText || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFD]/u.test(name));
    return aboutEntries(odd, 'Names that are not made of printable UTF-8 characters');
  },
};
