import type { Clock } from '../../kernel/clock.js';
import {
  addContext,
  AuthenticationError,
  AuthorizationError,
  ConflictError,
  type ErrorContext,
  isVeracodeError,
  NotFoundError,
  RateLimitError,
  ServiceError,
  type VeracodeError,
} from '../../kernel/errors.js';
import { redactSignatures } from '../../kernel/redact.js';
import { readBytes } from '../body.js';
import { describeErrorText } from '../error-text.js';
import type { HttpRequest, HttpResponse, Policy } from '../http.js';
import { parseHttpDate, parseRetryAfter } from '../retry/retry-after.js';

/** Pause after a 429 that does not say how long. */
const DEFAULT_RETRY_AFTER_MS = 60_000;
/** Clocks that differ by more than this are worth a word. */
const NOTABLE_SKEW_MS = 60_000;
/** More of an error page is not read. */
const MAX_ERROR_BYTES = 64 * 1024;
/** A conversation id is one or two UUIDs; a hostile answer could be anything. */
const MAX_CONVERSATION_ID_LENGTH = 100;

/** What a failed answer consists of. */
interface FailedAnswer {
  readonly request: HttpRequest;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** `: ` and the platform's own words, or nothing. */
  readonly said: string;
  readonly nowMs: number;
}

/** Turns every answer but 2xx into a typed error, and gives all errors of the attempt their facts. */
export function receive(clock: Clock): Policy {
  return (next) =>
    ({ request, decode }) =>
      next({
        request,
        decode: async (response) => {
          const { status, headers } = response;
          try {
            if (status >= 200 && status < 300) return await decode(response);
            const text = await readErrorText(response);
            const said = text === null ? '' : `: ${text}`;
            throw toError({ request, status, headers, said, nowMs: clock.now() });
          } catch (error) {
            if (isVeracodeError(error)) addContext(error, contextOf(response));
            throw error;
          }
        },
      });
}

function contextOf({ status, headers }: HttpResponse): ErrorContext {
  const given = headers['x-conversation-id'];
  if (given === undefined) return { status };
  return { status, conversationId: redactSignatures(given).replace(/[^\w, -]/g, '').slice(0, MAX_CONVERSATION_ID_LENGTH) };
}

/** A page that cannot be read does not hide the status. */
async function readErrorText(response: HttpResponse): Promise<string | null> {
  try {
    return describeErrorText((await readBytes(response, MAX_ERROR_BYTES)).toString('utf8'));
  } catch (error) {
    if (!isVeracodeError(error) || error.outcome === 'final') throw error;
    return null;
  }
}

function toError(answer: FailedAnswer): VeracodeError {
  const { request, status, said } = answer;
  const { name } = request.operation;
  switch (status) {
    case 401:
      return new AuthenticationError(`The platform refused the credentials for ${name} (401)${said}.${describeSkew(answer)}`, {
        code: 'credentials-refused',
        advice: 'Check that the pair is not expired or revoked and belongs to this region, and that this clock is right.',
      });
    case 403:
      return new AuthorizationError(`The account may not do ${name} (403)${said}.`, {
        code: 'access-denied',
        advice: 'Ask an administrator of the platform for the API role, or for membership in the team of the profile.',
      });
    case 404:
      return new NotFoundError(`The platform does not know what ${name} asks for (404)${said}.`, { code: 'not-found' });
    case 409:
      return new ConflictError(`${name} collides with another change (409)${said}.`, {
        code: 'conflict',
        outcome: isApplicationCall(request) ? 'refused' : 'final',
        advice: 'Somebody else is changing the same thing; try again later.',
      });
    case 429:
      return new RateLimitError(`The platform's rate limit holds back ${name} (429)${said}.`, {
        code: 'rate-limited',
        retryAfterMs: retryAfterMs(answer) ?? DEFAULT_RETRY_AFTER_MS,
        advice: 'Agents behind one address share the limit: tell how many they are with the rate share.',
      });
    default:
      return toServiceError(answer);
  }
}

function toServiceError(answer: FailedAnswer): ServiceError {
  const { request, status, said } = answer;
  const { name } = request.operation;
  if (status >= 300 && status < 400) {
    return new ServiceError(`${name} was redirected (${status}); redirects are not followed, as the signature would not fit.`, {
      code: 'redirected',
      outcome: 'final',
      advice: 'Check the platform URL and any gateway or sign-in page in between.',
    });
  }
  if (status < 500) {
    return new ServiceError(`The platform refused ${name} (${status})${said}.`, { code: 'bad-request', outcome: 'final' });
  }
  const waitMs = status === 503 ? retryAfterMs(answer) : undefined;
  return new ServiceError(`The platform, or a gateway before it, failed at ${name} (${status})${said}.`, {
    code: 'service-failed',
    outcome: waitMs === undefined ? 'unknown' : 'refused',
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    advice: 'The status page of the platform (status.veracode.com, .eu, .us) tells of outages and maintenance.',
  });
}

function retryAfterMs({ headers, nowMs }: FailedAnswer): number | undefined {
  return parseRetryAfter(headers['retry-after'], nowMs, headers['date']);
}

/** While somebody edits a profile, its REST resource answers 409 for some seconds. */
function isApplicationCall({ operation, url }: HttpRequest): boolean {
  return operation.limitClass === 'rest' && url.pathname.includes('/appsec/v1/applications');
}

/** A wrong clock is the most frequent reason of a 401 that nobody understands. */
function describeSkew({ headers, nowMs }: FailedAnswer): string {
  const platformMs = parseHttpDate(headers['date']);
  const skewMs = platformMs === undefined ? 0 : nowMs - platformMs;
  if (Math.abs(skewMs) <= NOTABLE_SKEW_MS) return '';
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return ` This machine's clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} the platform's.`;
}
