import { stampOf } from './file-bytes.js';
import type { FindingsFile } from './findings-file.js';
import { readFindingsPage } from './read-findings-page.js';
import { readPipelineResults } from './read-pipeline-results.js';
import { readReportFile } from './read-report-file.js';
import { readVerapipeResults } from './read-verapipe-results.js';
import { recogniseFormat } from './recognise-format.js';

/**
 * Reads a file of findings, whichever program wrote it: `verapipe-results.json` of this or an older version,
 * `results.json` and `filtered_results.json` of pipeline scans, XML detailed reports, pages of the Findings API. The kind
 * is told by the content.
 *
 * The file is read to its end once, so that a fault shows before anything is done with half of it; `findings` reads it
 * again each time, in constant memory. What a file says about itself is compared with what
 * it has: see `isComplete` and `warnings`.
 *
 * @param path - relative paths are those of the process
 * @throws ValidationError `invalid-findings-file` naming file, what was found and what is wanted; LocalError
 *   `file-changed` (also while findings are read)
 * @public
 */
export async function readFindingsFile(path: string): Promise<FindingsFile> {
  const stamp = await stampOf(path);
  const format = await recogniseFormat(path, stamp);
  switch (format) {
    case 'verapipe-results':
      return readVerapipeResults(path, stamp);
    case 'pipeline-results':
      return readPipelineResults(path, stamp);
    case 'detailed-report':
      return readReportFile(path, stamp);
    case 'findings-page':
      return readFindingsPage(path, stamp);
  }
}
