/** What a child says about itself at its end. */
export type Usage<T> = T & {
  /** The largest resident set of its life. */
  readonly peakBytes: number;
};

/** Prints a child's result with its peak memory, as one line of JSON. */
export function printUsage(result: object): void {
  console.log(JSON.stringify({ ...result, peakBytes: process.resourceUsage().maxRSS * 1024 }));
}

/** Reads the line that `printUsage` printed. */
export function readUsage<T>(stdout: string): Usage<T> {
  return JSON.parse(stdout) as Usage<T>;
}
