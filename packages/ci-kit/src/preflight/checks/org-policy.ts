import { resolve } from 'node:path';

import { parseOrgPolicy, ValidationError } from '@verapipe/core';

import { readJudgedFile } from '../../files/read-judged-file.js';
import { shownPath } from '../../run/run-context.js';
import { type Check, failure, ok, skipped } from '../check.js';

/** The organisation's file of judgement: there, readable, and faultless; a run that cannot read it judges nothing. */
export const orgPolicy: Check = {
  id: 'org-policy',
  title: "Organisation's judgement",
  needs: [],
  purposes: ['scan', 'pipeline-scan'],
  async run({ run }) {
    const { orgPolicy: path } = run.options;
    if (path === null) return skipped('no --org-policy is given');
    const full = resolve(run.input.cwd, path);
    const shown = shownPath(full, run.input.cwd);
    try {
      const { text } = await readJudgedFile(full, { option: 'orgPolicy', shown });
      parseOrgPolicy(text);
      return ok(`${shown} can be read, and says nothing that is unknown`);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      return failure(error.issues.map((issue) => `${issue.path}: ${issue.got}`).join('; '), `Wanted: ${[...new Set(error.issues.map(({ wanted }) => wanted))].join('; ')}.`);
    }
  },
};
