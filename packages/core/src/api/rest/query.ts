/** Values of a query: a list stands for a parameter that is repeated, null and undefined for one that is left out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/**
 * A path with its query, ready to be signed. Blanks become `%20`: the platform answers a `+` with a 401.
 *
 * @param path - escaped, without a query
 */
export function withQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    valuesOf(value).map((text) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`),
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

function valuesOf(value: Query[string]): readonly string[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'object' ? value : [String(value)];
}
