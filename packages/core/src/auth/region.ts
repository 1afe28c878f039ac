import { CredentialError } from '../kernel/errors.js';

/** Where an account lives; the platform is a separate installation in each region. @public */
export type Region = 'global' | 'european' | 'fedramp';

/** Every region. @public */
export const REGIONS: readonly Region[] = ['global', 'european', 'fedramp'];

/** Which half of a credential pair a value is. */
export type CredentialPart = 'id' | 'key';

/** A credential value taken apart. `region` is null when there is no prefix. */
export interface PrefixedValue {
  readonly region: Region | null;
  /** What the prefix says that the value is; null when there is no prefix. */
  readonly part: CredentialPart | null;
  readonly rest: string;
}

/** The 7th character of a prefix. @see docs.veracode.com "Region Domains for Veracode APIs" */
const REGION_LETTERS: Readonly<Record<string, Region>> = { g: 'global', e: 'european', f: 'fedramp' };

/** `vera01`, region letter, `i` for the id or `s` for the secret key, dash. */
const PREFIX = /^vera01([gef])([is])-/i;

/**
 * Splits the region prefix from an API id or key.
 *
 * @param name - how to call the value in a message
 * @throws CredentialError `unknown-prefix`
 */
export function splitPrefix(value: string, name: string): PrefixedValue {
  const match = PREFIX.exec(value);
  if (match === null) {
    if (!value.includes('-')) return { region: null, part: null, rest: value };
    throw new CredentialError(
      `${name} has a dash at position ${value.indexOf('-') + 1}, but what stands before it is no known region prefix.`,
      {
        code: 'unknown-prefix',
        advice:
          'Known prefixes: vera01gi-, vera01ei-, vera01fi- for an id and vera01gs-, vera01es-, vera01fs- for a key. Copy the value again.',
      },
    );
  }
  const [prefix, letter = '', part = ''] = match;
  return {
    region: REGION_LETTERS[letter.toLowerCase()] ?? null,
    part: part.toLowerCase() === 'i' ? 'id' : 'key',
    rest: value.slice(prefix.length),
  };
}

/**
 * Writes the region into a value that lacks it, so that whoever reads it goes to the right installation. A value of the
 * global region, which is everybody's default, stays as it is.
 */
export function withRegionPrefix(value: string, part: CredentialPart, region: Region): string {
  const letter = Object.entries(REGION_LETTERS).find(([, named]) => named === region)?.[0] ?? 'g';
  return region === 'global' || PREFIX.test(value) ? value : `vera01${letter}${part === 'id' ? 'i' : 's'}-${value}`;
}

/** An id without prefix and case, to compare two. */
export function bareApiId(apiId: string): string {
  return apiId.trim().replace(PREFIX, '').toLowerCase();
}
