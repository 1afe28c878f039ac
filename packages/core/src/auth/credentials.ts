import { CredentialError } from '../kernel/errors.js';
import { Secret } from '../kernel/redact.js';
import { type PrefixedValue, type Region, splitPrefix } from './region.js';

/** A checked API credential pair. Both values are without region prefix: so they are signed and sent. @public */
export interface ApiCredentials {
  /** Lower-case hexadecimal (clients disagree about other ids); not a secret, it travels in every request. */
  readonly apiId: string;
  /** Hexadecimal. */
  readonly apiKey: Secret;
  /** From the prefix; `global` without one. */
  readonly region: Region;
}

/** Credential values as somebody typed them. */
export interface RawCredentials {
  readonly apiId: string;
  readonly apiKey: string;
}

const ID_LENGTH = { min: 32, max: 128 };
const KEY_LENGTH = { min: 128, max: 1024 };

/**
 * Checks an API id and key, with or without region prefix. Blanks and line breaks around a value are dropped.
 *
 * @throws CredentialError, never showing a character of a value: `empty-value`, `unexpanded-variable`,
 *   `unknown-prefix`, `swapped-id-and-key`, `mixed-regions`, `malformed-api-id`, `malformed-api-key`
 * @public
 */
export function parseCredentials(raw: RawCredentials): ApiCredentials {
  const idText = raw.apiId.trim();
  const keyText = raw.apiKey.trim();
  refusePlaceholder(idText, 'The API id');
  refusePlaceholder(keyText, 'The API key');
  const id = splitPrefix(idText, 'The API id');
  const key = splitPrefix(keyText, 'The API key');
  refuseSwapped(id, key);
  refuseMixed(id, key);
  checkHex(id.rest, ID_LENGTH, { name: 'The API id', code: 'malformed-api-id' });
  checkHex(key.rest, KEY_LENGTH, { name: 'The API key', code: 'malformed-api-key' });
  if (key.rest.length % 2 !== 0) {
    throw malformed('The API key', 'malformed-api-key', `has an odd number of digits (${key.rest.length})`);
  }
  return { apiId: id.rest.toLowerCase(), apiKey: new Secret(key.rest), region: id.region ?? 'global' };
}

/** CI systems hand on an empty value, or the reference itself, when a variable does not exist. */
function refusePlaceholder(text: string, name: string): void {
  if (text === '') {
    throw new CredentialError(`${name} is empty.`, {
      code: 'empty-value',
      advice: 'Check that the secret exists and that this job may read it (forks and unprotected branches often may not).',
    });
  }
  if (/^(?:\$|%)/.test(text)) {
    throw new CredentialError(`${name} looks like the reference to a variable, not like its value.`, {
      code: 'unexpanded-variable',
      advice: 'The CI did not replace it: check the name of the secret and that this job may read it.',
    });
  }
}

function refuseSwapped(id: PrefixedValue, key: PrefixedValue): void {
  const byPrefix = id.part === 'key' || key.part === 'id';
  const byLength = id.rest.length >= KEY_LENGTH.min && key.rest.length < KEY_LENGTH.min && id.rest.length > key.rest.length;
  if (!byPrefix && !byLength) return;
  const message =
    id.part === 'key' && key.part === 'key'
      ? 'Two API keys were given and no API id.'
      : id.part === 'id' && key.part === 'id'
        ? 'Two API ids were given and no API key.'
        : 'The API id and the API key are swapped.';
  throw new CredentialError(message, {
    code: 'swapped-id-and-key',
    advice: 'The id is the shorter value; with a prefix its 8th character is i, that of the key is s.',
  });
}

function refuseMixed(id: PrefixedValue, key: PrefixedValue): void {
  if (id.region === key.region) return;
  throw new CredentialError(
    `The API id and the API key do not belong together: the id has ${describePrefix(id)}, the key has ${describePrefix(key)}.`,
    { code: 'mixed-regions', advice: 'Copy both values of one pair again, each with its prefix.' },
  );
}

function describePrefix(value: PrefixedValue): string {
  return value.region === null ? 'no region prefix' : `the prefix of the ${value.region} region`;
}

function checkHex(
  text: string,
  length: { readonly min: number; readonly max: number },
  subject: { readonly name: string; readonly code: string },
): void {
  const position = text.search(/[^0-9a-f]/i);
  if (position >= 0) {
    const what = characterClass(text.charAt(position));
    throw malformed(subject.name, subject.code, `has ${what} at position ${position + 1}; only 0-9 and a-f are possible`);
  }
  if (text.length < length.min || text.length > length.max) {
    const wanted = `${length.min} to ${length.max}`;
    throw malformed(subject.name, subject.code, `has ${text.length} digits without its prefix; ${wanted} are possible`);
  }
}

function characterClass(character: string): string {
  if (/\s/.test(character)) return 'a blank or line break';
  if (/[a-z]/i.test(character)) return 'a letter that is not hexadecimal';
  if (/["'`]/.test(character)) return 'a quotation mark';
  return character > '~' ? 'a character outside ASCII' : 'a punctuation mark';
}

function malformed(name: string, code: string, what: string): CredentialError {
  return new CredentialError(`${name} ${what}.`, { code, advice: 'Copy the value again, whole and without quotes.' });
}
