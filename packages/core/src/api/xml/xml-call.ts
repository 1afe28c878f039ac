import { decodeAnswer, type XmlDocument } from '../../codecs/xml-answer.js';
import { formBody, readBytes } from '../../transport/body.js';
import type { CallOptions, LimitClass, Operation, RequestBody } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';

/** Idle time that ends an attempt. The platform thinks up to some minutes about large documents. */
export const ATTEMPT_TIMEOUT_MS = 120_000;

/** One call of the XML API: what it is called, and where it lives. */
export interface XmlOperation extends Operation {
  /** Below the platform's XML base URL, for instance `/api/5.0/getapplist.do`. */
  readonly path: string;
}

/** Named values of a call; those that are undefined are left out. */
export type XmlParameters = Readonly<Record<string, string | undefined>>;

/** One call and what its answer means. */
export interface XmlCall<T> {
  readonly operation: XmlOperation;
  readonly parameters: XmlParameters;
  readonly document: XmlDocument<T>;
  readonly call: CallOptions;
}

/**
 * Declares a call.
 *
 * @param path - below the base URL; its last part is the platform's name of the call
 */
export function xmlOperation(
  path: string,
  { idempotent, reads, limitClass = 'xml' }: Pick<Operation, 'idempotent' | 'reads'> & { readonly limitClass?: LimitClass },
): XmlOperation {
  return { name: path.slice(path.lastIndexOf('/') + 1), path, idempotent, reads, limitClass };
}

/**
 * Carries out one call as a form-encoded POST, so that no parameter stands in a URL that proxies and servers log.
 *
 * @throws RefusedError, AuthorizationError (an `<error>` document), ProtocolError (any other document), and the
 *   errors of the transport
 */
export function callXml<T>(client: VeracodeClient, { operation, parameters, document, call }: XmlCall<T>): Promise<T> {
  return client.send({
    request: {
      operation,
      method: 'POST',
      url: new URL(client.hosts.xmlBaseUrl + operation.path),
      headers: {},
      body: formBody(parameters),
      attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
      call,
    },
    decode: async (response) => decodeAnswer(await readBytes(response), operation.name, document),
  });
}

/** A call whose parameters travel in the query, because the body is the thing itself. */
export interface XmlUpload<T> extends XmlCall<T> {
  readonly body: RequestBody;
}

/** Sends a body with the parameters in the query, percent-encoded as UTF-8. */
export function uploadXml<T>(client: VeracodeClient, upload: XmlUpload<T>): Promise<T> {
  const { operation, parameters, document, body, call } = upload;
  return client.send({
    request: {
      operation,
      method: 'POST',
      url: new URL(`${client.hosts.xmlBaseUrl}${operation.path}?${encodeQuery(parameters)}`),
      headers: {},
      body,
      attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
      call,
    },
    decode: async (response) => decodeAnswer(await readBytes(response), operation.name, document),
  });
}

/**
 * A query of RFC 3986: everything but unreserved characters is escaped, blanks as `%20`, so that no URL parser on the
 * way writes it in another form and breaks the signature.
 */
export function encodeQuery(parameters: XmlParameters): string {
  return Object.entries(parameters)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeQueryValue(value)}`]))
    .join('&');
}

function encodeQueryValue(value: string): string {
  return [...Buffer.from(value, 'utf8')].map(encodeByte).join('');
}

function encodeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[\w.~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
