import type { Route } from '../exchange.js';
import { decodePercent } from './form-text.js';

/** A route, with the values of the names in its path. */
export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Finds routes by their paths; those that differ in nothing but the method share a path. */
export type FindRoutes = (path: string) => readonly RouteMatch[];

/** REST collections are linked with a slash at their end and called without: both lead there. */
export function createRouteFinder(routes: readonly Route[]): FindRoutes {
  const patterns = routes.flatMap((route) =>
    [route.path, ...(route.otherPaths ?? [])].map((path) => ({ route, segments: path.split('/') })),
  );
  return (path) => {
    const segments = (path.endsWith('/') && !path.includes('.do') ? path.slice(0, -1) : path).split('/');
    return patterns.flatMap((pattern) => {
      const pathParameters = matchSegments(pattern.segments, segments);
      return pathParameters === undefined ? [] : [{ route: pattern.route, pathParameters }];
    });
  };
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) {
    return undefined;
  }
  const values: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const given = segments[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(wanted)?.[1];
    if (name === undefined ? given !== wanted : given === '') {
      return undefined;
    }
    if (name !== undefined) {
      values[name] = decodePercent(given);
    }
  }
  return values;
}
