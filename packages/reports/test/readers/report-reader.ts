/** How many findings there are, by words of a format. A word that stands for none may be there with 0, or not at all. */
export type Counts = Readonly<Record<string, number>>;

/** Who reads reports of a format: its schema, and what else is known of the programs that read it. Knows nothing of ours. */
export interface ReportReader {
  /** What it is, and whose rules it goes by; for the figures. */
  readonly name: string;
  /**
   * What it has against files, `<name>: <fault>` each; none, if it takes them all. Of many at once, as some begin slowly.
   *
   * @param files - texts by their names
   */
  readonly faults: (files: ReadonlyMap<string, string>) => Promise<readonly string[]>;
  /** What it counts in a file. */
  readonly counts: (text: string) => Counts;
}

/** A reader of one file after the other. */
export function ofEach(check: (text: string) => readonly string[] | Promise<readonly string[]>): ReportReader['faults'] {
  return async (files) => {
    const faults: string[] = [];
    for (const [name, text] of files) faults.push(...(await check(text)).map((fault) => `${name}: ${fault}`));
    return faults;
  };
}

/** How often each word comes. */
export function countsOf(words: Iterable<string>): Counts {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries(counts);
}
