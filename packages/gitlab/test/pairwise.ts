/** Values of each parameter. */
export type Parameters = Readonly<Record<string, readonly unknown[]>>;

/** One combination. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Rows in which every two values of two parameters meet at least once. Greedy: each row takes the values that bring most
 * pairs which have not met yet. The same parameters always give the same rows.
 */
export function pairwiseRows(parameters: Parameters): readonly Row[] {
  const names = Object.keys(parameters);
  const open = new Set<string>();
  names.forEach((left, index) => {
    for (const right of names.slice(index + 1)) for (const a of indexesOf(parameters, left)) for (const b of indexesOf(parameters, right)) open.add(pair(left, a, right, b));
  });
  const rows: Row[] = [];
  while (open.size > 0) {
    const chosen = seedOf([...open][0] ?? '');
    for (const name of names) {
      if (chosen.has(name)) continue;
      const gain = (value: number): number => [...chosen].filter(([other, at]) => open.has(ordered(names, name, value, other, at))).length;
      chosen.set(name, indexesOf(parameters, name).reduce((best, value) => (gain(value) > gain(best) ? value : best), 0));
    }
    for (const [a, at] of chosen) for (const [b, bt] of chosen) open.delete(pair(a, at, b, bt));
    rows.push(Object.fromEntries(names.map((name) => [name, parameters[name]?.[chosen.get(name) ?? 0]])));
  }
  return rows;
}

function indexesOf(parameters: Parameters, name: string): readonly number[] {
  return (parameters[name] ?? []).map((_value, index) => index);
}

function pair(left: string, a: number, right: string, b: number): string {
  return `${left} ${a} ${right} ${b}`;
}

function ordered(names: readonly string[], left: string, a: number, right: string, b: number): string {
  return names.indexOf(left) < names.indexOf(right) ? pair(left, a, right, b) : pair(right, b, left, a);
}

function seedOf(text: string): Map<string, number> {
  const [left = '', a = '', right = '', b = ''] = text.split(' ');
  return new Map([[left, Number(a)], [right, Number(b)]]);
}
