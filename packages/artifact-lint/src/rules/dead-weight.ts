import { aboutEntries, showBytes } from '../complaints.js';
import { filesWith } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

const MEDIA: readonly string[] = ['mp4', 'mov', 'avi', 'mkv', 'mp3', 'wav', 'png', 'jpg', 'jpeg', 'gif', 'tif', 'tiff', 'psd', 'pdf', 'iso', 'dmg', 'vmdk', 'bak', 'dump', 'log', 'parquet', 'onnx', 'pt', 'safetensors'];
const MIN_BYTES = 50 * 1024 * 1024;

/** Upload time is waiting time. */
export const DEAD_WEIGHT: RuleDefinition = {
  id: 'dead-weight',
  title: 'Mostly files that are not scanned',
  severity: 'warning',
  advice: 'Leave media, dumps and logs out of what is scanned.',
  example: 'shop.zip of 400 MB, 380 of them videos',
  check(survey) {
    const media = filesWith(survey, MEDIA).filter(({ within }) => within === '').toSorted((a, b) => b.sizeBytes - a.sizeBytes);
    const bytes = media.reduce((sum, { sizeBytes, packedBytes }) => sum + (packedBytes ?? sizeBytes), 0);
    return bytes > MIN_BYTES && bytes > survey.sizeBytes / 2 ? aboutEntries(media, `Media, dumps and logs, which nobody scans, are ${showBytes(bytes)} of ${showBytes(survey.sizeBytes)}`) : [];
  },
};
