import type { EmulatedRequest, Route } from '../exchange.js';
import { nearestName, suggestion } from '../nearest-name.js';
import { isXmlPath } from './gateway-answers.js';
import type { FindRoutes, RouteMatch } from './match-route.js';
import { queryOf } from './read-parameters.js';

/** Why a request is no call of the platform. */
export interface CallProblem {
  readonly status: number;
  readonly message: string;
}

/** The route that a request means, or why there is none. */
export function findCall(
  findRoutes: FindRoutes,
  routes: readonly Route[],
  { method, path }: { readonly method: string; readonly path: string },
): RouteMatch | CallProblem {
  const matches = findRoutes(path);
  const match = matches.find(({ route }) => route.methods.includes(method));
  if (match !== undefined) {
    return match;
  }
  if (matches.length > 0) {
    const methods = matches.flatMap(({ route }) => route.methods);
    return { status: 405, message: `${path} takes ${[...new Set(methods)].join(', ')}, not ${method}.` };
  }
  const paths = routes.map((route) => route.path);
  return { status: 404, message: `The emulated platform has no ${path}.${suggestion(path, paths)}` };
}

/** What speaks against a call before its parameters are read. */
export function headProblem(route: Route, { target, headers }: Pick<EmulatedRequest, 'target' | 'headers'>): CallProblem | undefined {
  if (!isXmlPath(route.path) && queryOf(target).includes('+')) {
    return { status: 401, message: 'a space in the query of a REST call is written as %20, never as +' };
  }
  if (route.body === 'file' && headers['content-length'] === undefined) {
    return { status: 411, message: `${route.operation} needs a Content-Length: chunked bodies are not taken.` };
  }
  return undefined;
}

/** Names that the call does not know. */
export function parameterProblem(route: Route, parameters: ReadonlyMap<string, string>): CallProblem | undefined {
  const unknown = [...parameters.keys()].filter((name) => !route.parameters.includes(name));
  if (unknown.length === 0) {
    return undefined;
  }
  const named = unknown.map((name) => {
    const near = nearestName(name, route.parameters);
    return near === undefined ? `"${name}"` : `"${name}" (did you mean "${near}"?)`;
  });
  const known = route.parameters.length === 0 ? 'none' : route.parameters.join(', ');
  return { status: 400, message: `${route.operation} does not know ${named.join(', ')}. It takes: ${known}.` };
}
