import type { Deadline } from '../kernel/deadline.js';

/** The platform counts calls of these classes separately. @see docs.veracode.com "API rate limits" @public */
export type LimitClass = 'xml' | 'xml-report' | 'rest' | 'pipeline-start';

/** What is fixed about one call of the platform. @public */
export interface Operation {
  /** The platform's own name: `createbuild.do`, `GET /appsec/v1/applications`. */
  readonly name: string;
  /** True when a second call leaves the platform as one call would: it may be repeated when its outcome is unknown. */
  readonly idempotent: boolean;
  /** True when it leaves the platform as it is, so that whoever only looks may send it. */
  readonly reads: boolean;
  readonly limitClass: LimitClass;
}

/** A body that can be sent again: each attempt opens a fresh reader. @public */
export interface RequestBody {
  readonly contentType: string;
  readonly sizeBytes: number;
  /**
   * The bytes, part by part. A part is valid only until the next one is asked for, because large bodies use their
   * memory again: whoever keeps parts copies them.
   */
  open(): AsyncIterable<Uint8Array>;
}

/** What a single call may vary. @public */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** The end of the whole piece of work: no wait between attempts and no attempt goes beyond it. */
  readonly deadline?: Deadline;
  /** How often the request may be sent in all. @defaultValue 6: five retries, the vendor's limit */
  readonly attempts?: number;
}

/** One request, before identification and signature. */
export interface HttpRequest {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Absolute and final: exactly this is signed and sent. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
  /** Milliseconds that one attempt may take without any progress (no byte sent or received). */
  readonly attemptTimeoutMs: number;
  readonly call: CallOptions;
}

/** One response whose body has not been read yet. */
export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed bytes; throws when the connection ends before the announced length. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** The socket's side of the transport: sends exactly once, or throws `NetworkError`. @public */
export interface HttpClient {
  /**
   * @param signal - ends the attempt, also while the body is read; whatever is pending then fails at once, with the
   *   signal's reason unless the failure itself says more (`not-sent`)
   */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /** Ends idle connections. */
  close(): Promise<void>;
}

/**
 * A request together with the reading of its answer. Reading and decoding belong to the attempt: an answer that
 * cannot be read is a failed attempt like a lost connection is.
 */
export interface Exchange<T> {
  readonly request: HttpRequest;
  /** Reads a 2xx response. @throws ProtocolError, RefusedError and their kin */
  readonly decode: (response: HttpResponse) => Promise<T>;
}

/** Carries out an exchange. */
export type Send = <T>(exchange: Exchange<T>) => Promise<T>;

/** One concern around {@link Send}; see `pipeline.ts` for their order. */
export type Policy = (next: Send) => Send;
