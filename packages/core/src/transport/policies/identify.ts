import type { Policy } from '../http.js';

/** Says who asks and which answers are understood. The caller's own headers win. */
export function identify(userAgent: string): Policy {
  return (next) => ({ request, decode }) =>
    next({
      request: {
        ...request,
        headers: { 'user-agent': userAgent, accept: '*/*', 'accept-encoding': 'gzip', ...request.headers },
      },
      decode,
    });
}
