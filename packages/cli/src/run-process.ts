/** A CI kills a job a few seconds after its signal; by then everything must be said. */
const STOP_WITHIN_MS = 5000;
const CANCELLED = 130;
const OUR_BUG = 70;

/** What a run in this process is started with. */
export interface ProcessInput {
  /** Without Node and script. */
  readonly args: readonly string[];
  /** Whole: nothing else of the environment is looked at. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the process at once, where nothing can be waited for: a second signal, a bug. */
  readonly exit: (exitCode: number) => never;
}

/**
 * Runs the command line in this process, on its streams and with its signals: for `main.ts`, and for adapters that have
 * something to do before and after, such as the Bitbucket pipe. A process does it once.
 *
 * Everything else loads only here: telling the version is nearly as fast as an empty script.
 *
 * @returns the exit code; the process goes on
 * @internal
 */
export async function runProcess({ args, env, exit }: ProcessInput): Promise<number> {
  const cancel = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    if (cancel.signal.aborted) exit(CANCELLED);
    setTimeout(() => exit(CANCELLED), STOP_WITHIN_MS).unref();
    cancel.abort(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) process.on(signal, () => stop(signal));
  // Whoever reads us may go away first; what remains to be done is done all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  const [{ runCli }, { createSink }, { renderCrash }, { homedir }] = await Promise.all([
    import('./run-cli.js'),
    import('./output/terminal.js'),
    import('./output/render-crash.js'),
    import('node:os'),
  ]);
  const crash = (error: unknown): number => {
    process.stderr.write(renderCrash(error, env));
    return OUR_BUG;
  };
  process.on('uncaughtException', (error) => exit(crash(error)));
  process.on('unhandledRejection', (error) => exit(crash(error)));
  try {
    return await runCli({
      args,
      env,
      cwd: process.cwd(),
      homeDir: homedir(),
      platform: process.platform,
      stdout: createSink(process.stdout),
      stderr: createSink(process.stderr),
      signal: cancel.signal,
    });
  } catch (error) {
    return crash(error);
  }
}

/** Resolves when all that was written is said, and also when whoever reads has gone away. @internal */
export async function flushOutput(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => void stream.write('', () => resolve()));
  }
}
