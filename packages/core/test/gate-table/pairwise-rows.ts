/** Values that can meet, by the name of what they are values of. */
export type Factors = Readonly<Record<string, readonly string[]>>;

/** One value of each factor. */
export type RowOf<F extends Factors> = { readonly [Name in keyof F]: F[Name][number] };

/** A row that is not whole yet. */
type Values = Readonly<Record<string, string>>;

/** Every pair of values of two factors that the row has, as `factor=value|factor=value`. */
export function pairsOf(row: Values): readonly string[] {
  const values = Object.entries(row);
  return values.flatMap(([name, value], index) => values.slice(index + 1).map(([other, otherValue]) => [`${name}=${value}`, `${other}=${otherValue}`].toSorted().join('|')));
}

/** Every pair that rows can have. */
export function possiblePairs(factors: Factors, isPossible: (row: Values) => boolean): readonly string[] {
  const names = Object.keys(factors);
  const rows = names.flatMap((name, index) =>
    names.slice(index + 1).flatMap((other) => (factors[name] ?? []).flatMap((value) => (factors[other] ?? []).map((otherValue) => ({ [name]: value, [other]: otherValue })))),
  );
  return rows.filter(isPossible).flatMap(pairsOf);
}

/**
 * Rows that have every possible pair among them. Greedy and without chance: each row starts from the first pair that is
 * missing, and takes what covers most others, or else what was taken least.
 *
 * @param isPossible - asked about rows that are not whole yet, too
 */
export function pairwiseRows<F extends Factors>(factors: F, isPossible: (row: Values) => boolean): readonly RowOf<F>[] {
  const missing = new Set(possiblePairs(factors, isPossible));
  const rows: RowOf<F>[] = [];
  const usesOf = (name: string, value: string | undefined): number => rows.filter((row) => row[name] === value).length;
  for (let [pair] = missing; pair !== undefined; [pair] = missing) {
    let row: Values = Object.fromEntries(pair.split('|').map((part) => part.split('=')));
    for (const [name, values] of Object.entries(factors)) {
      if (name in row) continue;
      const candidates = values.map((value): Values => ({ ...row, [name]: value })).filter(isPossible);
      const gainOf = (candidate: Values): number => pairsOf(candidate).filter((covered) => missing.has(covered)).length;
      const [best] = candidates.toSorted((one, other) => gainOf(other) - gainOf(one) || usesOf(name, one[name]) - usesOf(name, other[name]));
      row = best ?? row;
    }
    for (const covered of pairsOf(row)) missing.delete(covered);
    // The loop has given every factor a value, which the compiler cannot see.
    rows.push(Object.fromEntries(Object.keys(factors).map((name) => [name, row[name]])) as RowOf<F>);
  }
  return rows;
}

/** Every pair of this factor's values with values of the factors behind it, each on the same ground: the others stay as they are there. */
export function rowsOnGround<F extends Factors>(factors: F, ground: RowOf<F>, name: keyof F & string): readonly RowOf<F>[] {
  const entries = Object.entries(factors);
  const behind = entries.slice(entries.findIndex(([other]) => other === name) + 1);
  return (factors[name] ?? []).flatMap((value) => behind.flatMap(([other, values]) => values.map((otherValue) => ({ ...ground, [name]: value, [other]: otherValue }))));
}
