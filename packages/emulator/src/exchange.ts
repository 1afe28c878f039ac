import type { PlatformFault } from './faults/fault.js';

/** One request as the router sees it, whatever carried it (socket, TLS, CONNECT tunnel or a call in the same process). */
export interface EmulatedRequest {
  readonly method: string;
  /** Host name from the Host header (or the CONNECT target), lower case, without port. */
  readonly host: string;
  /** Exactly as on the request line, query included. */
  readonly target: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** One answer. */
export interface EmulatedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
  /** Why the platform said no; absent when it carried the call out. */
  readonly refusal?: string;
  /** What the carrier does to the answer, when a fault says so. */
  readonly delivery?: Delivery;
}

/** Ways in which an answer is lost on the wire. */
export type Delivery =
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut'; readonly afterBytes: number }
  | { readonly kind: 'stall' };

/** Handles a request completely: signature, routing, faults, journal. */
export type HandleRequest = (request: EmulatedRequest) => Promise<EmulatedResponse>;

/** A parsed and authenticated call, as routes see it. */
export interface ApiCall {
  readonly method: string;
  /** Path without query, decoded no further than the platform would. */
  readonly path: string;
  /** Query and form parameters merged, query first. Strict routes refuse names they do not know. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Behind the question mark, as it was sent: some parameters may be repeated. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Raw body; empty for form posts, which are already in `parameters`. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The account that signed. */
  readonly account: EmulatedAccount;
  /** What the platform does wrong on purpose at this call. */
  readonly faults: readonly PlatformFault[];
}

/** An API account known to the emulator. */
export interface EmulatedAccount {
  readonly apiId: string;
  readonly userName: string;
  readonly kind: 'api-service-account' | 'person';
  readonly roles: readonly string[];
  readonly teams: readonly string[];
}

/** One operation of the platform. */
export interface Route {
  /** The platform's name: `createbuild.do`, `GET /appsec/v1/applications`; the journal and faults use it. */
  readonly operation: string;
  readonly methods: readonly string[];
  /** Literal path or a pattern with `{name}` segments. */
  readonly path: string;
  /** Further paths of the same form that lead here. */
  readonly otherPaths?: readonly string[];
  /** Every parameter the operation knows; an unknown one is a 4xx and stands in the journal. */
  readonly parameters: readonly string[];
  /** `file`: the body is the file itself, of a length that must be announced. Default: a form, or what the route makes of it. */
  readonly body?: 'file';
  /** Whoever asks is answered, signed or not. Default: a signature is wanted. */
  readonly isOpen?: true;
  handle(call: ApiCall, pathParameters: Readonly<Record<string, string>>): Promise<EmulatedResponse> | EmulatedResponse;
}
