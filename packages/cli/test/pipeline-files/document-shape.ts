/** A key of a document with the kind of its values: `findings[].severity: number`. */
export type FieldKind = `${string}: ${string}`;

/** Every key of a document with what it holds; an element of a list stands for all of them. */
export function fieldsOf(value: unknown, path = ''): readonly FieldKind[] {
  if (Array.isArray(value)) return [`${path}: list`, ...value.flatMap((item) => fieldsOf(item, `${path}[]`))];
  if (typeof value !== 'object' || value === null) return [`${path}: ${value === null ? 'null' : typeof value}`];
  const inner = Object.entries(value).flatMap(([name, held]) => fieldsOf(held, path === '' ? name : `${path}.${name}`));
  return path === '' ? inner : [`${path}: object`, ...inner];
}

/** The keys of each object of a document in their order, by where it stands. */
export function keyOrdersOf(value: unknown, path = ''): readonly { readonly path: string; readonly keys: readonly string[] }[] {
  if (Array.isArray(value)) return value.flatMap((item) => keyOrdersOf(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return [{ path, keys: Object.keys(value) }, ...Object.entries(value).flatMap(([name, held]) => keyOrdersOf(held, path === '' ? name : `${path}.${name}`))];
}

/** Every two keys of an object in their order, as `path: first < second`. */
export function orderedPairsOf(value: unknown): ReadonlySet<string> {
  return new Set(
    keyOrdersOf(value).flatMap(({ path, keys }) => keys.flatMap((first, index) => keys.slice(index + 1).map((second) => `${path}: ${first} < ${second}`))),
  );
}

/** The pair the other way round. */
export function turned(pair: string): string {
  return pair.replace(/: (?<first>.+) < (?<second>.+)$/u, ': $<second> < $<first>');
}

/** The keys that every object at this place has. */
export function keysOfAll(documents: readonly unknown[], path: string): readonly string[] {
  const lists = documents.flatMap((document) => keyOrdersOf(document)).filter((object) => object.path === path).map(({ keys }) => keys);
  return (lists[0] ?? []).filter((key) => lists.every((keys) => keys.includes(key)));
}
