/**
 * Could the platform have acted on the attempt that failed? This decides what may be repeated.
 *
 * - `not-sent`: the request never left (DNS, refused connection): nothing happened.
 * - `refused`: the platform said that it did not act (429, 503 with Retry-After).
 * - `unknown`: sent, but no answer that can be trusted (reset, timeout, 5xx, unreadable body).
 * - `final`: an answer that a repeat would not change (other 4xx, an `<error>` document, a bad certificate).
 *
 * @public
 */
export type FailureOutcome = 'not-sent' | 'refused' | 'unknown' | 'final';

/** Facts about the exchange that failed; never a request or response object, never a header value. @public */
export interface ErrorContext {
  /** The operation as the platform names it, for instance `createbuild.do`. */
  readonly operation?: string;
  readonly method?: string;
  /** Scheme, host and path only: query values may name customers' things. */
  readonly url?: string;
  readonly status?: number;
  /** How often the request was sent. */
  readonly attempts?: number;
  /** The platform's `x-conversation-id`, which its support asks for. */
  readonly conversationId?: string;
}

/** Names of the error classes; adapters are bundles, where a class can exist twice, so guards compare names. @public */
export type VeracodeErrorName =
  | 'ValidationError'
  | 'CredentialError'
  | 'AuthenticationError'
  | 'AuthorizationError'
  | 'NotFoundError'
  | 'ConflictError'
  | 'RateLimitError'
  | 'ServiceError'
  | 'NetworkError'
  | 'RequestTimeoutError'
  | 'ProtocolError'
  | 'RefusedError'
  | 'ScanFailedError'
  | 'DeadlineError'
  | 'LocalError'
  | 'AbortedError';

/** What every {@link VeracodeError} is made from. @public */
export interface VeracodeErrorOptions {
  /** Literal, kebab-case: the precise reason inside the class. */
  readonly code: string;
  readonly cause?: unknown;
  readonly context?: ErrorContext;
  /** One sentence: what to do next. */
  readonly advice?: string;
}

/** Base of everything that core throws on purpose. @public */
export abstract class VeracodeError extends Error {
  abstract override readonly name: VeracodeErrorName;
  readonly code: string;
  readonly context: ErrorContext;
  readonly advice: string | undefined;
  /** See {@link FailureOutcome}; `final` unless a transport error says otherwise. */
  readonly outcome: FailureOutcome = 'final';

  constructor(message: string, options: VeracodeErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.context = options.context ?? {};
    this.advice = options.advice;
  }
}

/** One fault of an input. @public */
export interface ValidationIssue {
  /** Where: an option or a path into the input, for instance `files[2]` or `pollInterval`. */
  readonly path: string;
  /** What was given, shortened; never a secret. */
  readonly got: string;
  /** What is wanted instead. */
  readonly wanted: string;
}

/** Inputs are wrong; every fault is listed and nothing was sent. @public */
export class ValidationError extends VeracodeError {
  override readonly name = 'ValidationError';
  readonly issues: readonly ValidationIssue[];

  constructor(issues: readonly ValidationIssue[], options: Partial<VeracodeErrorOptions> = {}) {
    super(issues.map((issue) => `${issue.path}: got ${issue.got}; wanted ${issue.wanted}`).join('\n'), {
      code: 'invalid-input',
      ...options,
    });
    this.issues = issues;
  }
}

/** Credentials are missing, malformed or cannot be read. The message never shows a key. @public */
export class CredentialError extends VeracodeError {
  override readonly name = 'CredentialError';
}

/** The platform refused the credentials (401). @public */
export class AuthenticationError extends VeracodeError {
  override readonly name = 'AuthenticationError';
}

/** The account lacks a role or a team (403, `Access denied.`). @public */
export class AuthorizationError extends VeracodeError {
  override readonly name = 'AuthorizationError';
}

/** An application profile, sandbox or build does not exist, or is not visible. @public */
export class NotFoundError extends VeracodeError {
  override readonly name = 'NotFoundError';
}

/**
 * Something else is in the way: another build, an ambiguous name, a stranger's build. `refused` when it passes by
 * itself (somebody else is editing the profile at this moment).
 *
 * @public
 */
export class ConflictError extends VeracodeError {
  override readonly name = 'ConflictError';
  override readonly outcome: FailureOutcome;

  constructor(message: string, options: VeracodeErrorOptions & { readonly outcome?: 'final' | 'refused' }) {
    super(message, options);
    this.outcome = options.outcome ?? 'final';
  }
}

/** The rate limit held until the attempts were spent (429). @public */
export class RateLimitError extends VeracodeError {
  override readonly name = 'RateLimitError';
  override readonly outcome = 'refused';
  /** What the platform asked for, milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: VeracodeErrorOptions & { readonly retryAfterMs?: number }) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** The platform or a gateway failed (5xx, unexpected status). @public */
export class ServiceError extends VeracodeError {
  override readonly name = 'ServiceError';
  override readonly outcome: FailureOutcome;
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    options: VeracodeErrorOptions & { readonly outcome: FailureOutcome; readonly retryAfterMs?: number },
  ) {
    super(message, options);
    this.outcome = options.outcome;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** No answer came back: DNS, connection, TLS, proxy. @public */
export class NetworkError extends VeracodeError {
  override readonly name = 'NetworkError';
  override readonly outcome: FailureOutcome;

  constructor(message: string, options: VeracodeErrorOptions & { readonly outcome: FailureOutcome }) {
    super(message, options);
    this.outcome = options.outcome;
  }
}

/** One attempt took longer than it may. @public */
export class RequestTimeoutError extends VeracodeError {
  override readonly name = 'RequestTimeoutError';
  override readonly outcome = 'unknown';
}

/** The answer has no known shape: a login page with status 200, cut XML, another document. @public */
export class ProtocolError extends VeracodeError {
  override readonly name = 'ProtocolError';
  override readonly outcome = 'unknown';
}

/** The platform answered with an `<error>` document: it understood the call and did not do it. @public */
export class RefusedError extends VeracodeError {
  override readonly name = 'RefusedError';
  /** The platform's own words. */
  readonly platformText: string;

  constructor(message: string, options: VeracodeErrorOptions & { readonly platformText: string }) {
    super(message, options);
    this.platformText = options.platformText;
  }
}

/** The platform ended the scan, or the prescan, without results. @public */
export class ScanFailedError extends VeracodeError {
  override readonly name = 'ScanFailedError';
}

/** Our patience ended; the work on the platform goes on. @public */
export class DeadlineError extends VeracodeError {
  override readonly name = 'DeadlineError';
}

/** This machine is in the way: disk full, output not writable, artifact changed during upload. @public */
export class LocalError extends VeracodeError {
  override readonly name = 'LocalError';
}

/** The caller's signal ended the work. @public */
export class AbortedError extends VeracodeError {
  override readonly name = 'AbortedError';
}

/** True for every error that core throws on purpose, also across bundled copies of this module. @public */
export function isVeracodeError(value: unknown): value is VeracodeError {
  return value instanceof Error && 'code' in value && 'outcome' in value && VERACODE_ERROR_NAMES.has(value.name);
}

/** True when the platform understood a call and did not do it. @public */
export function isRefusal(value: unknown): value is RefusedError {
  return isVeracodeError(value) && value.name === 'RefusedError';
}

/** Adds what only an outer layer knows; what the error already says stays. @internal */
export function addContext(error: VeracodeError, context: ErrorContext): void {
  (error as { context: ErrorContext }).context = { ...context, ...error.context };
}

const VERACODE_ERROR_NAMES: ReadonlySet<string> = new Set<VeracodeErrorName>([
  'ValidationError',
  'CredentialError',
  'AuthenticationError',
  'AuthorizationError',
  'NotFoundError',
  'ConflictError',
  'RateLimitError',
  'ServiceError',
  'NetworkError',
  'RequestTimeoutError',
  'ProtocolError',
  'RefusedError',
  'ScanFailedError',
  'DeadlineError',
  'LocalError',
  'AbortedError',
]);
