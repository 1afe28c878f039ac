import { takeHandedOver } from './handed-over.js';

/** The agent waits seven and a half seconds after its first signal; by then everything must be said. */
const STOP_WITHIN_MS = 5000;

// Before anything else loads: the library of the agent reads the environment when it is imported.
const handedOver = takeHandedOver(process.env);
void start();

/** A task ends with 0 whatever came of it: another code means to the agent that the machine is broken. */
async function start(): Promise<void> {
  const cancel = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) process.on(signal, () => cancel.abort(signal));
  const { complete, endOfCrash, runTask } = await import('./run-task.js');
  // The library has its own, which know nothing of secrets.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.removeAllListeners(event);
    process.on(event, (error: unknown) => void end(() => complete(endOfCrash(error, handedOver))));
  }
  const stopInTime = (): void => void setTimeout(() => void end(() => complete({ state: 'cancelled', message: 'The task was cancelled, and could not end in time.' })), STOP_WITHIN_MS).unref();
  if (cancel.signal.aborted) stopInTime();
  else cancel.signal.addEventListener('abort', stopInTime);
  const taskEnd = await runTask(handedOver, process.env, cancel.signal);
  await end(() => complete(taskEnd));
}

/** Says the last, and waits until it is read. */
async function end(say: () => void): Promise<never> {
  say();
  for (const stream of [process.stdout, process.stderr]) await new Promise<void>((resolve) => void stream.write('', () => resolve()));
  process.exit(0);
}
