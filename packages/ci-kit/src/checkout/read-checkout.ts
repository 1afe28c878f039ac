import { createPathMapper, type PathMapper } from '@verapipe/core';

import type { CiContext } from '../ci-context/ci-context.js';
import type { RunContext } from '../run/run-context.js';
import { findCheckout } from './find-checkout.js';
import { listCheckout } from './list-checkout.js';
import { readPathRules } from './path-rules.js';

/**
 * Reads the checkout that a run works in, once: what leads paths of findings to its files. Where the run works in none,
 * or nothing of it can be read, paths stay as the platform has them.
 *
 * @returns null without a checkout
 */
export async function readCheckout({ input, options, ci, emit }: RunContext): Promise<PathMapper | null> {
  const { rules } = readPathRules(options.pathRule);
  const root = await findCheckout(input.cwd, input.homeDir);
  if (root === null) {
    if (rules.length > 0) emit({ type: 'warning', message: `--path-rule has no effect: ${input.cwd} is in no Git checkout.` });
    return null;
  }
  const { files, rootNames, warnings } = await listCheckout(root);
  for (const message of warnings) emit({ type: 'warning', message });
  return files.length === 0 ? null : createPathMapper({ files, rules, rootNames: [...rootNames, ...repositoryNames(ci)] });
}

/** CI systems check out into folders whose names say nothing. */
function repositoryNames(ci: CiContext | null): readonly string[] {
  const name = /([^/:]+?)(?:\.git)?\/*$/.exec(ci?.repositoryUrl ?? '')?.[1];
  return name === undefined ? [] : [name];
}
