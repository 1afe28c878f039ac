/** One measured figure, as a ratio. */
export interface Measured {
  readonly id: string;
  /** What was measured, in words, with the unit. */
  readonly what: string;
  /** What it was measured against, in the same run. */
  readonly peer: string;
  readonly ours: number;
  readonly theirs: number;
  /** `ours / theirs`; smaller is better. */
  readonly ratio: number;
  /** The ratio may be this large. */
  readonly goal: number;
  readonly met: boolean;
}

/** A figure that could not be had on this machine. */
export interface NotRun {
  readonly id: string;
  readonly what: string;
  readonly notRun: string;
}

/** What one line of the table shows. */
export type Figure = Measured | NotRun;

/** Settles the ratio of a figure and whether its goal is met. */
export function measured(figure: Omit<Measured, 'ratio' | 'met'>): Measured {
  const ratio = figure.ours / figure.theirs;
  return { ...figure, ratio, met: ratio <= figure.goal };
}

/** One benchmark: a measured thing, in a file of its own. It may yield several figures. */
export interface Benchmark {
  readonly name: string;
  /** `folder` is empty, temporary, and removed afterwards. */
  run(folder: string): Promise<readonly Figure[]>;
}
