import { nameTrap } from '../archive/entry-name.js';
import { aboutEntries } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

/** Names that would write outside of the folder they are unpacked in, or that no system understands alike. */
export const UNSAFE_ENTRY_NAME: RuleDefinition = {
  id: 'unsafe-entry-name',
  title: 'Name that leads out of the archive',
  severity: 'error',
  advice: 'Pack with relative names and / between folders; a name with .. in it belongs to no honest archive.',
  example: 'shop.zip with an entry ../../etc/cron.d/job',
  check({ entries }) {
    const traps = entries.flatMap((entry) => nameTrap(entry.name) ?? []);
    const kinds = [...new Set(traps)].join(' or ');
    return aboutEntries(entries.filter(({ name }) => nameTrap(name) !== null), `Names that no program should unpack, as each ${kinds}`);
  },
};
