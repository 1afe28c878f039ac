import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Moment } from './kill-cell.js';

/** What the CLI does on its own machine, in the words of Node: on paths, on open files, on the descriptor that it was given. */
export const LOCAL_STEPS = ['open', 'rename', 'rm', 'handle.writeFile', 'handle.write', 'handle.truncate', 'handle.sync', 'fd.write', 'fd.fsync', 'fd.close', 'spawn'] as const;

/** One of them. */
export type LocalStep = (typeof LOCAL_STEPS)[number];

export function isLocalStep(step: string): step is LocalStep {
  return LOCAL_STEPS.some((name) => name === step);
}

/** The descriptor that `--to-fd` gets here. */
export const GIVEN_FD = 3;

/**
 * Loaded before the CLI. A platform can hold its answer back; a disk cannot, so the process ends itself, with the signal
 * that nobody hears, just before or just after the nth of such calls. Nothing else is otherwise, and no child inherits it.
 */
const PRELOAD = `import child from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { step, nth, moment, trace } = JSON.parse(process.env.VERAPIPE_TRIAL_ENDS_AT);
delete process.env.VERAPIPE_TRIAL_ENDS_AT;
delete process.env.NODE_OPTIONS;
let calls = 0;
const seen = [];
function meet(name) {
  seen.push(name);
  return name === step && ++calls === nth;
}
function end() {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}
function awaited(object, key, name) {
  const act = object[key];
  object[key] = async function (...args) {
    const isIt = meet(name);
    if (isIt && moment === 'before') end();
    const result = await act.apply(this, args);
    if (isIt && moment === 'after') end();
    return result;
  };
}
function calledBack(key, name) {
  const act = fs[key];
  const held = function (...args) {
    if (args[0] !== ${String(GIVEN_FD)}) return act.apply(this, args);
    const isIt = meet(name);
    if (isIt && moment === 'before') end();
    const done = args.pop();
    return act.call(this, ...args, (...answer) => {
      if (isIt && moment === 'after') end();
      done(...answer);
    });
  };
  Object.defineProperties(held, Object.getOwnPropertyDescriptors(act));
  fs[key] = held;
}
const probe = await fs.promises.open(process.execPath, 'r');
const handle = Object.getPrototypeOf(probe);
await probe.close();
for (const key of ['open', 'rename', 'rm']) awaited(fs.promises, key, key);
for (const key of ['writeFile', 'write', 'truncate', 'sync']) awaited(handle, key, 'handle.' + key);
for (const key of ['write', 'fsync', 'close']) calledBack(key, 'fd.' + key);
const spawn = child.spawn;
child.spawn = (...args) => {
  const isIt = meet('spawn');
  if (isIt && moment === 'before') end();
  const started = spawn(...args);
  if (isIt && moment === 'after') end();
  return started;
};
syncBuiltinESMExports();
if (trace) process.on('exit', () => fs.writeFileSync(trace, JSON.stringify(seen)));
`;

/** The end of a process; or, with no step, only a list of the steps that it took. */
export interface LocalEnd {
  readonly step: LocalStep | null;
  readonly nth: number;
  readonly moment: Moment;
  /** A file for the list. */
  readonly trace?: string;
}

/** Variables that make the CLI end there. @param folder - for the file that is loaded */
export async function endingAt(folder: string, end: LocalEnd): Promise<Readonly<Record<string, string>>> {
  const path = join(folder, 'dies-at.mjs');
  await writeFile(path, PRELOAD);
  return { NODE_OPTIONS: `--import=${pathToFileURL(path).href}`, VERAPIPE_TRIAL_ENDS_AT: JSON.stringify(end) };
}
