import type { Env } from '@verapipe/core';

import { readCiContext } from '../ci-context/read-ci-context.js';
import { rightWayHere } from '../leaks/right-way.js';
import { ENVIRONMENT_PREFIX } from '../options/option-names.js';
import type { Setting } from '../options/read-options.js';

/** What looks like an API secret key, wherever in a text. */
const KEY_LIKE = /(?<![0-9a-z])(?:vera01[efg]s-[0-9a-f]{32,}|[0-9a-f]{128,})(?![0-9a-z])/iu;
/** Options of other tools that take one. */
const KEY_OPTION = /^g?vkey$|^veracodeapikey$|^apikey$/iu;

/**
 * Says where secrets belong in this CI, when one was handed over where others can read it: among the arguments, or in a
 * variable that is an option. Pure.
 *
 * @param words - arguments as they were typed, and values of inputs; never shown
 * @returns one sentence at most
 * @public
 */
export function warnOfGivenSecrets(words: readonly string[], settings: readonly Setting[], env: Env): string | null {
  const isArgument = words.some((word) => KEY_LIKE.test(word)) || settings.some(({ name, value }) => value !== null && KEY_OPTION.test(name.replace(/[^a-z]/giu, '')));
  const variable = Object.entries(env).find(([name, value]) => name.startsWith(ENVIRONMENT_PREFIX) && KEY_LIKE.test(value ?? ''))?.[0];
  if (!isArgument && variable === undefined) return null;
  const where = isArgument ? 'among the arguments, which everybody on the machine can read and many logs keep' : `in ${variable ?? ''}, which is an option and no secret`;
  return `An API secret key seems to stand ${where}. If it is a real one, revoke it and make a new pair. ${rightWayHere(readCiContext(env))}`;
}
