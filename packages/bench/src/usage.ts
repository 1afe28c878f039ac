/** What a child says about itself at its end. */
export type Usage<T> = T & {
  /** The largest resident set of its life. */
  readonly peakBytes: number;
};

/**
 * Prints a child's result with its peak memory, as one line of JSON. Resolves when it is written: then the child ends at
 * once, as the CLI does, and does not wait for V8 to compile what is no longer needed.
 */
export function printUsage(result: object): Promise<void> {
  const line = JSON.stringify({ ...result, peakBytes: process.resourceUsage().maxRSS * 1024 });
  return new Promise((resolve) => void process.stdout.write(`${line}\n`, () => resolve()));
}

/** Reads the line that `printUsage` printed. */
export function readUsage<T>(stdout: string): Usage<T> {
  return JSON.parse(stdout) as Usage<T>;
}
