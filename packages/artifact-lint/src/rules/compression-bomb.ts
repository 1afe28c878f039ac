import { aboutArtifact, aboutEntries, showBytes } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

/** Software is packed to a tenth at best; deflate can reach a thousandth. */
const MAX_RATIO = 200;
const SUSPICIOUS_BYTES = 100 * 1024 * 1024;

/** A file that unpacks to many times its size is taken for an attack. */
export const COMPRESSION_BOMB: RuleDefinition = {
  id: 'compression-bomb',
  title: 'Unpacks to many times its size',
  severity: 'error',
  advice: 'Leave the file out: what is packed that well is empty space or test data, and nothing to scan.',
  example: 'shop.zip of 1 MB with a file of 1 GB of zeros',
  check({ entries, unread, sizeBytes }) {
    const bombs = entries.filter((entry) => entry.packedBytes !== null && isBomb(entry.sizeBytes, entry.packedBytes));
    if (unread.some(({ why }) => why === 'stream-too-long')) {
      return aboutArtifact(`Unpacked, it is so much larger than its ${showBytes(sizeBytes)} that reading was given up.`);
    }
    const total = entries.reduce((sum, entry) => sum + (entry.within === '' ? entry.sizeBytes : 0), 0);
    if (bombs.length === 0 && isBomb(total, sizeBytes)) return aboutArtifact(`Unpacked, its ${showBytes(sizeBytes)} claim to be ${showBytes(total)}.`);
    const largest = Math.max(0, ...bombs.map((bomb) => bomb.sizeBytes));
    return aboutEntries(bombs, `Files that would unpack to more than ${MAX_RATIO} times their packed size, the largest to ${showBytes(largest)}`);
  },
};

function isBomb(sizeBytes: number, packedBytes: number): boolean {
  return sizeBytes > SUSPICIOUS_BYTES && sizeBytes > packedBytes * MAX_RATIO;
}
