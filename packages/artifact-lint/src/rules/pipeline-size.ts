import { aboutArtifact, showBytes } from '../complaints.js';
import type { RuleDefinition } from '../rule.js';

/** Third-party instructions name it; no page of the vendor was found that states it. */
const LARGE_BYTES = 200 * 1024 * 1024;

/** Pipeline scans are for small artifacts, and end after an hour. */
export const PIPELINE_SIZE: RuleDefinition = {
  id: 'pipeline-size',
  title: 'Large for a pipeline scan',
  severity: 'warning',
  advice: 'Give the pipeline scan the part that changed, or use `verapipe scan`.',
  example: 'shop.war of 350 MB, given to verapipe pipeline-scan',
  check({ sizeBytes }, { target }) {
    return target === 'pipeline-scan' && sizeBytes > LARGE_BYTES ? aboutArtifact(`It has ${showBytes(sizeBytes)}; above ${showBytes(LARGE_BYTES)} pipeline scans are known to be refused.`) : [];
  },
};
