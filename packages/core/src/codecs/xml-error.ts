import { AuthorizationError, ProtocolError, RefusedError } from '../kernel/errors.js';
import { redactSignatures } from '../kernel/redact.js';

/** Nobody reads more of a refusal. */
const MAX_TEXT_LENGTH = 500;
const MAX_NAME_LENGTH = 40;

/**
 * The error for the text of an `<error>` document, which the platform sends with status 200.
 *
 * @param operation - name of the call
 */
export function refusalOf(operation: string, text: string): AuthorizationError | RefusedError {
  const platformText = printable(text, MAX_TEXT_LENGTH);
  const context = { operation };
  if (/^access denied\.?$/i.test(platformText)) {
    return new AuthorizationError(`The platform answered ${operation} with "${platformText}".`, {
      code: 'access-denied',
      context,
      advice: 'Ask an administrator of the platform for the API role of this call, or for membership in the team of the profile. What has been deleted, a sandbox for example, is answered like this as well.',
    });
  }
  const said = platformText === '' ? 'without a reason' : `"${platformText}"`;
  return new RefusedError(`The platform refused ${operation}: ${said}.`, { code: 'refused', platformText, context });
}

/** Why an answer cannot be read. */
export type UnreadableReason =
  | 'empty-answer'
  | 'html-answer'
  | 'malformed-xml'
  | 'unsupported-xml'
  | 'unexpected-document'
  | 'answer-too-large';

/**
 * The error for an answer that is not what the call is documented to return. Names the call and describes the answer,
 * never quotes it: it may be a login page, or somebody else's data.
 *
 * @param what - completes "<call> was answered with …"
 */
export function unreadable(operation: string, code: UnreadableReason, what: string, cause?: unknown): ProtocolError {
  return new ProtocolError(`${operation} was answered with ${what}.`, {
    code,
    context: { operation },
    ...(cause === undefined ? {} : { cause }),
    advice: 'Whether the call took effect is not known. Check proxies and gateways in between, and the status page of the platform.',
  });
}

/** The error for a document of another kind. */
export function unexpectedDocument(operation: string, name: string, wanted: readonly string[]): ProtocolError {
  if (/^html$/i.test(name)) return unreadable(operation, 'html-answer', 'an HTML page');
  return unreadable(operation, 'unexpected-document', `a <${nameForPeople(name)}> document instead of <${wanted.join('> or <')}>`);
}

/** A name out of an answer, made safe for a terminal and a log. */
export function nameForPeople(name: string): string {
  return name.replace(/[^\w.:-]/g, '?').slice(0, MAX_NAME_LENGTH);
}

/** One line without control characters and signatures, shortened. */
function printable(text: string, maxLength: number): string {
  const line = redactSignatures(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength)}…`;
}
