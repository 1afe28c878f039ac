import { aboutArtifact, showBytes } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

/** @see docs.veracode.com "Upload a packaged application": all files of one scan */
const MAX_BYTES = 5 * 2 ** 30;

/** The limit is about uploaded files; what is unpacked from them counts for the time that a scan takes. */
export const UNPACKED_SIZE: RuleDefinition = {
  id: 'unpacked-size',
  title: 'Very large when unpacked',
  severity: 'warning',
  advice: 'Leave out media, test data and other builds, or scan the parts as profiles of their own.',
  example: 'shop.zip of 1.9 GB that unpacks to 7 GB',
  check({ entries, isArchive }) {
    const total = entries.reduce((sum, { within, sizeBytes }) => sum + (within === '' ? sizeBytes : 0), 0);
    return isArchive && total > MAX_BYTES ? aboutArtifact(`Unpacked it is ${showBytes(total)}; a scan may have ${showBytes(MAX_BYTES)} in all.`) : [];
  },
};
