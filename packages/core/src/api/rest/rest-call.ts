import { type JsonObject, parseJsonObject } from '../../codecs/rest.js';
import { jsonBody, readText } from '../../transport/body.js';
import type { CallOptions, HttpRequest, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';

const ATTEMPT_TIMEOUT_MS = 60_000;
/** A page of 500 profiles has about one megabyte. */
const MAX_BYTES = 16 * 1024 * 1024;

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
  readonly decode: (answer: JsonObject) => T;
}

/**
 * Carries out one call. An answer that cannot be read is a failed attempt like a lost connection.
 *
 * @throws ProtocolError, and the errors of the transport
 */
export function callRest<T>(client: VeracodeClient, { operation, method, path, body, call, decode }: RestCall<T>): Promise<T> {
  return client.send({
    request: {
      operation,
      method,
      url: new URL(client.hosts.restBaseUrl + path),
      headers: { accept: 'application/json' },
      ...(body === undefined ? {} : { body: jsonBody(body) }),
      attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
      call,
    },
    decode: async (response) => decode(parseJsonObject(await readText(response, MAX_BYTES), operation.name)),
  });
}
