import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A server in a process of its own, so that its work is not counted as ours. */
export interface RunningChild<T> {
  /** The JSON object of its first line on stdout. */
  readonly hello: T;
  stop(): Promise<void>;
}

/** Starts a program of ours that says where it listens with one line of JSON. */
export async function startChild<T>(args: readonly string[]): Promise<RunningChild<T>> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], windowsHide: true });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const line = await Promise.race([firstLine(child), ended]);
  if (line === undefined) throw new Error(`${args.join(' ')} ended before it listened.`);
  return {
    hello: JSON.parse(line) as T,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (child.stdout === null) return undefined;
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise<string | undefined>((resolve) => {
    lines.once('line', resolve).once('close', () => resolve(undefined));
  });
  // What it says later is of no interest, but must not fill the pipe.
  lines.close();
  child.stdout.resume();
  return line;
}
