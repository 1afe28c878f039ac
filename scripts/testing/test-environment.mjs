import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { ROOT, TOOLS } from '../bootstrap/paths.mjs';

/** Programs that some tests drive, and without which they are "not run". */
const PROGRAMS = ['java', 'mvn', 'python3', 'chromium', 'groovy', 'podman', 'gitlab-ci-local'];

/**
 * What decides which tests can run, as environment variables: turbo takes them into its cache key, so that a result
 * from a machine state without Java (or without the facts folder, or on another Node) is not replayed in one with it.
 *
 * @returns {Promise<Record<string, string>>}
 */
export async function describeTestEnvironment() {
  const facts = process.env['VERAPIPE_FACTS'] ?? join(ROOT, '..', 'shared');
  const fetched = existsSync(TOOLS) ? await readdir(TOOLS) : [];
  return {
    ...(existsSync(facts) ? { VERAPIPE_FACTS: facts } : {}),
    VERAPIPE_NODE: process.version,
    VERAPIPE_TOOLS: [...PROGRAMS.filter(isOnPath), ...fetched.sort()].join(','),
  };
}

/** @param {string} program */
function isOnPath(program) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.some((folder) => ['', '.exe', '.cmd'].some((suffix) => existsSync(join(folder, program + suffix))));
}
