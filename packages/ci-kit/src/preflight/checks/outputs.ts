import { dirname } from 'node:path';

import { isVeracodeError } from '@verapipe/core';

import { existingFolderOf, proveWritable } from '../../files/prove-writable.js';
import { shownPath } from '../../run/run-context.js';
import { type Check, failure, ok } from '../check.js';

/** That results, reports and state can be written: proven by a file that is removed again. */
export const outputs: Check = {
  id: 'outputs',
  title: 'Output folders',
  needs: [],
  purposes: ['scan', 'pipeline-scan', 'findings'],
  async run({ run }) {
    const places = [...new Set([run.files.folder, dirname(run.files.state)])];
    for (const place of places) {
      try {
        await proveWritable(await existingFolderOf(place));
      } catch (error) {
        if (!isVeracodeError(error)) throw error;
        return failure(error.message, 'Give another folder (--output-dir, --state), or let this account write there.');
      }
    }
    return ok(`${places.map((place) => shownPath(place, run.input.cwd)).join(' and ')} can be written`);
  },
};
