import type { RefusedError } from '../kernel/errors.js';

/**
 * True when a scan of that name is there already: the one refusal of `createbuild.do` that waiting does not cure.
 *
 * @see xml-api: "another scan with the name"
 */
export function isNameUsed({ platformText }: RefusedError): boolean {
  return /another scan with the name/iu.test(platformText);
}
