/** What a child says about itself at its end. */
export type Usage<T> = T & {
  /** The largest resident set of its life. */
  readonly peakBytes: number;
};

/** Prints a child's result with its peak memory, as one line of JSON, and ends the process as the CLI ends. */
export function printUsage(result: object): void {
  const line = JSON.stringify({ ...result, peakBytes: process.resourceUsage().maxRSS * 1024 });
  process.stdout.write(`${line}\n`, () => process.exit());
}

/** Reads the line that `printUsage` printed. */
export function readUsage<T>(stdout: string): Usage<T> {
  return JSON.parse(stdout) as Usage<T>;
}
