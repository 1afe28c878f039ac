#!/usr/bin/env node
import packageJson from '../package.json' with { type: 'json' };

/** A CI kills a job a few seconds after its signal; by then everything must be said. */
const STOP_WITHIN_MS = 5000;
const CANCELLED = 130;
const OUR_BUG = 70;

const args = process.argv.slice(2);
if (args.length === 1 && ['--version', '-V', 'version'].includes(args[0] ?? '')) process.stdout.write(`${packageJson.version}\n`);
else await end(await start());

/** Everything else loads only here: telling the version is nearly as fast as an empty script. */
async function start(): Promise<number> {
  const cancel = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) process.on(signal, () => stop(cancel, signal));
  // Whoever reads us may go away first; what remains to be done is done all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  const [{ runCli }, { createSink }, { renderCrash }, { homedir }] = await Promise.all([
    import('./run-cli.js'),
    import('./output/terminal.js'),
    import('./output/render-crash.js'),
    import('node:os'),
  ]);
  const crash = (error: unknown): number => {
    process.stderr.write(renderCrash(error, process.env));
    return OUR_BUG;
  };
  process.on('uncaughtException', (error) => process.exit(crash(error)));
  process.on('unhandledRejection', (error) => process.exit(crash(error)));
  try {
    return await runCli({
      args,
      env: process.env,
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

/**
 * Ends at once when all is said: V8 may still be compiling what is no longer needed, and Node would wait for it. That
 * is a tenth of a second of every CI job.
 */
async function end(exitCode: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    // Called after all that was written before, and also when whoever reads has gone away.
    await new Promise<void>((resolve) => void stream.write('', () => resolve()));
  }
  process.exit(exitCode);
}

function stop(cancel: AbortController, signal: NodeJS.Signals): void {
  if (cancel.signal.aborted) process.exit(CANCELLED);
  setTimeout(() => process.exit(CANCELLED), STOP_WITHIN_MS).unref();
  cancel.abort(signal);
}
