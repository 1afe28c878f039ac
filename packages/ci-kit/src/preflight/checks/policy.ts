import { locatePolicy } from '@verapipe/core';

import { type Check, ok, skipped } from '../check.js';

/** The policy, by its exact name: an unknown one may be replaced by a default without a word. */
export const policy: Check = {
  id: 'policy',
  title: 'Policy',
  needs: ['access'],
  purposes: ['scan', 'pipeline-scan'],
  async run({ run, calling }) {
    const { policy: name } = run.options;
    if (name === null) return skipped('no --policy is given');
    const { client, call } = calling();
    const found = await locatePolicy(client, name, call);
    return ok(`"${found.name}" is there, version ${String(found.version)}`);
  },
};
