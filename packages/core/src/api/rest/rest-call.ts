import { type JsonObject, parseJsonObject } from '../../codecs/rest.js';
import { unreadable } from '../../codecs/xml-error.js';
import { jsonBody, readText } from '../../transport/body.js';
import type { CallOptions, HttpRequest, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';

const ATTEMPT_TIMEOUT_MS = 60_000;
/** A page of 500 profiles has about one megabyte. */
const MAX_BYTES = 16 * 1024 * 1024;

/** What an answer says beside its body. */
export interface AnswerFacts {
  /** ISO 8601 UTC, by the platform's own clock; null when the answer does not say. */
  readonly answeredAt: string | null;
}

/** One call of a REST service whose answer is one JSON object. */
export interface RestCall<T> {
  readonly operation: Operation;
  readonly method: HttpRequest['method'];
  /** Below the REST base URL, final: escaped, with its query. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly call: CallOptions;
  /** @throws ProtocolError when something that is relied on is missing */
  readonly decode: (answer: JsonObject, facts: AnswerFacts) => T;
}

/**
 * Carries out one call. An answer that cannot be read is a failed attempt like a lost connection.
 *
 * @throws ProtocolError, and the errors of the transport
 */
export function callRest<T>(client: VeracodeClient, rest: RestCall<T>): Promise<T> {
  const { operation, decode } = rest;
  return client.send({
    request: requestOf(client, rest),
    decode: async (response) =>
      decode(parseJsonObject(await readText(response, MAX_BYTES), operation.name), { answeredAt: readDateHeader(response.headers['date']) }),
  });
}

/**
 * Carries out one call whose answer says nothing beside its status. A page of a proxy or a login has a good status, too,
 * and is a failed attempt.
 *
 * @throws ProtocolError `html-answer`, and the errors of the transport
 */
export function callRestForStatus(client: VeracodeClient, rest: Omit<RestCall<void>, 'decode'>): Promise<void> {
  return client.send({
    request: requestOf(client, rest),
    // Whatever else stands in it is read, so that the connection can be used again, and means nothing.
    decode: async (response) => {
      if (/^\s*</u.test(await readText(response, MAX_BYTES))) throw unreadable(rest.operation.name, 'html-answer', 'an HTML page');
    },
  });
}

function requestOf(client: VeracodeClient, { operation, method, path, body, call }: Omit<RestCall<unknown>, 'decode'>): HttpRequest {
  return {
    operation,
    method,
    url: new URL(client.hosts.restBaseUrl + path),
    headers: { accept: 'application/json' },
    ...(body === undefined ? {} : { body: jsonBody(body) }),
    attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
    call,
  };
}

function readDateHeader(text: string | undefined): string | null {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
