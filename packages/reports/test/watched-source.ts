import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { JudgedFinding } from '@verapipe/core';

import type { ReportInput, ReportText } from '../src/report.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** So often it is looked which findings are still alive. */
const LOOKS_AT_EVERY = 1000;

/** What a format did with its findings. */
export interface Watched {
  /** Findings that were read, in all passes. */
  readonly read: number;
  /** The most findings that were still held when others were read. */
  readonly held: number;
  /** Characters of the whole report. */
  readonly length: number;
  /** Characters that were written when no finding was read any more: what was kept until then. */
  readonly late: number;
}

/**
 * Reads a report, and watches what is kept of the findings: of themselves by what the garbage collector leaves, of texts
 * made of them by what is written only when all have been read.
 */
export async function watch(render: (input: ReportInput) => ReportText, input: ReportInput): Promise<Watched> {
  const given: WeakRef<JudgedFinding>[] = [];
  let held = 0;
  let length = 0;
  let early = 0;
  async function* findings(): AsyncGenerator<JudgedFinding, void> {
    for await (const finding of input.findings) {
      given.push(new WeakRef(finding));
      early = length;
      if (given.length % LOOKS_AT_EVERY === 0) held = Math.max(held, await alive(given));
      yield finding;
    }
  }
  for await (const piece of render({ ...input, findings: { [Symbol.asyncIterator]: findings } })) length += piece.length;
  return { read: given.length, held, length, late: length - early };
}

/** A reference keeps its target until the task ends that made it. */
async function alive(references: readonly WeakRef<JudgedFinding>[]): Promise<number> {
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  return references.filter((reference) => reference.deref() !== undefined).length;
}
