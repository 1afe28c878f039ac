import type { Route } from '../../exchange.js';
import { restRoute } from './rest-route.js';

/** Signed like everything else, so that an empty 200 proves credentials and signature. */
export function healthcheckRoutes(): Route[] {
  return [
    restRoute({
      method: 'GET',
      path: '/healthcheck/status',
      parameters: [],
      answer: () => ({ status: 200, headers: {}, body: new Uint8Array() }),
    }),
  ];
}
