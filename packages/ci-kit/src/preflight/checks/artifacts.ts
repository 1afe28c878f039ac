import { checkArtifacts } from '@verapipe/core';

import { type Check, failure, ok, skipped } from '../check.js';

/** The files to upload: there, readable, not empty, with names and sizes that the platform takes. */
export const artifacts: Check = {
  id: 'artifacts',
  title: 'Artifacts',
  needs: [],
  purposes: ['scan', 'pipeline-scan'],
  async run({ run, purpose, artifacts: readOnce }) {
    if (run.options.file.length === 0) return skipped('no --file is given');
    const read = await readOnce();
    const issues = read.issues.length > 0 ? read.issues : checkArtifacts(read.candidates);
    if (issues.length > 0) return failure(issues.map(({ path, got }) => `${path}: ${got}`).join('; '), `Wanted: ${[...new Set(issues.map(({ wanted }) => wanted))].join('; ')}.`);
    if (purpose === 'pipeline-scan' && read.candidates.length > 1) {
      return failure(`${String(read.candidates.length)} files: ${read.candidates.map(({ name }) => name).join(', ')}`, 'A pipeline scan takes one file.');
    }
    const bytes = read.candidates.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return ok(`${read.candidates.map(({ name }) => name).join(', ')}: ${String(bytes)} bytes`);
  },
};
