import type { Clock } from '../../kernel/clock.js';
import { isVeracodeError } from '../../kernel/errors.js';
import type { Logger } from '../../kernel/logger.js';
import { redactHeaders, redactUrl } from '../../kernel/redact.js';
import type { Policy } from '../http.js';

/** Tells the debug log what truly goes out and comes back, one line each, redacted. */
export function log(logger: Logger, clock: Clock): Policy {
  return (next) => async ({ request, decode }) => {
    const { operation, method, url, headers, body } = request;
    const startMs = clock.monotonicMs();
    const elapsedMs = (): number => Math.round(clock.monotonicMs() - startMs);
    logger.debug('request', {
      operation: operation.name,
      method,
      url: redactUrl(url),
      parameters: [...new Set(url.searchParams.keys())].join(','),
      bodyBytes: body?.sizeBytes ?? 0,
      ...prefixed('request', redactHeaders(headers)),
    });
    try {
      return await next({
        request,
        decode: (response) => {
          logger.debug('response', {
            operation: operation.name,
            status: response.status,
            elapsedMs: elapsedMs(),
            ...prefixed('response', redactHeaders(response.headers)),
          });
          return decode(response);
        },
      });
    } catch (error) {
      logger.debug('attempt failed', {
        operation: operation.name,
        elapsedMs: elapsedMs(),
        ...(isVeracodeError(error)
          ? {
              error: error.name,
              code: error.code,
              outcome: error.outcome,
              status: error.context.status,
              conversationId: error.context.conversationId,
            }
          : { error: 'unexpected' }),
      });
      throw error;
    }
  };
}

function prefixed(prefix: string, headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [`${prefix}.${name}`, value]));
}
