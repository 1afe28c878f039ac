const REDACTED = '[redacted]';
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Headers whose values may be printed; a header that nobody listed prints as redacted. */
const PRINTABLE_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'retry-after',
  'server',
  'transfer-encoding',
  'user-agent',
  'x-conversation-id',
]);

/** What is left of a signature header in any text: scheme and parts, which nobody but the platform can use. */
const SIGNATURE = /(VERACODE-HMAC-SHA-256\s+)[^\r\n"'<>]*/gi;
const SIGNATURE_PART = /\b(sig=)[0-9a-f]{16,}/gi;
/** What a key looks like, also one that nobody gave us as such. */
const KEY_LIKE = /(?:vera01[0-9a-z]{2}-)?[0-9a-f]{128,}/gi;
/** What a signature looks like where nobody calls it one. */
const SIGNATURE_LIKE = /[0-9a-f]{64,}/gi;
const REGION_PREFIX = /^vera01..-/i;

/** Shorter texts occur by chance; removing them would make a log unreadable and hide nothing. */
const SHORTEST_FORM = 4;

/**
 * A text that must not be seen. It prints as `[redacted]` wherever a value is turned into text (templates, `String`,
 * JSON, `util.inspect`, `structuredClone`); only {@link Secret.reveal} gives it away.
 *
 * @public
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The text itself: for the signer and the proxy, never for a message. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  [INSPECT](): string {
    return REDACTED;
  }
}

/** Removes secrets from a text. @public */
export type Redactor = (text: string) => string;

/**
 * Makes a function that removes known secrets from any text: as they are, in base64 and URL-encoded, without regard
 * to case, and with or without a region prefix (`vera01gs-…`). Request signatures are removed as well, and what looks
 * like a key, whether it is known or not.
 *
 * A last line of defence for text that others wrote (crash dumps, answers of servers); our own messages never hold
 * a secret.
 *
 * @public
 */
export function createRedactor(secrets: Iterable<Secret>): Redactor {
  const forms = new Set<string>();
  for (const secret of secrets) {
    const value = secret.reveal();
    for (const text of [value, value.replace(REGION_PREFIX, '')]) addForms(forms, text);
  }
  const longestFirst = [...forms].filter((form) => form.length >= SHORTEST_FORM).sort((a, b) => b.length - a.length);
  const known =
    longestFirst.length === 0 ? null : new RegExp(longestFirst.map((form) => escapeRegExp(form)).join('|'), 'gi');
  return (text) => {
    const scrubbed = known === null ? text : text.replace(known, REDACTED);
    return redactCertain(scrubbed);
  };
}

/** Removes request signatures from a text that others wrote, and all that looks like one. */
export function redactSignatures(text: string): string {
  return redactCertain(text).replace(SIGNATURE_LIKE, REDACTED);
}

/** What is a signature or a key for certain: a text of our own may hold the path of a container, which looks like one. */
function redactCertain(text: string): string {
  return text.replace(SIGNATURE, `$1${REDACTED}`).replace(SIGNATURE_PART, `$1${REDACTED}`).replace(KEY_LIKE, REDACTED);
}

/** Headers as they may be printed: the listed ones, and only the names of the others. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      PRINTABLE_HEADERS.has(name.toLowerCase()) ? redactSignatures(value) : REDACTED,
    ]),
  );
}

/** Scheme, host and path: a query may name customers' things, and user information is a password. @public */
export function redactUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

function addForms(forms: Set<string>, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  forms.add(text);
  forms.add(encodeURIComponent(text));
  forms.add(bytes.toString('hex'));
  for (const encoded of [bytes, ...hexBytes(text)].map((form) => form.toString('base64'))) {
    forms.add(encoded);
    forms.add(encoded.replace(/=+$/, ''));
    forms.add(encoded.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''));
  }
}

/** The bytes that a hexadecimal text stands for, if it is one. */
function hexBytes(text: string): Buffer[] {
  return /^(?:[0-9a-f]{2})+$/i.test(text) ? [Buffer.from(text, 'hex')] : [];
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
