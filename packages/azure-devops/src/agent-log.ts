import { describeEvent, describeWork, durationText, plainPaint, type RunEvent } from '@verapipe/ci-kit';
import type { Logger } from '@verapipe/core';
import { printable } from '@verapipe/reports';
import { filterExternalOutput } from 'azure-pipelines-task-lib/externaloutput.js';
import * as task from 'azure-pipelines-task-lib/task.js';

/** Everything that is written may hold words of the platform, or of findings. */
const FROM_OUTSIDE = { source: 'remote' } as const;

/** How far a run usually is, in percent, when it begins this. */
const PERCENT: Readonly<Record<Extract<RunEvent, { readonly type: 'phase' }>['phase'], number>> = {
  application: 2, sandbox: 4, build: 6, hash: 6, create: 8, upload: 10, start: 30, prescan: 35, scan: 50, results: 90, gates: 95,
};

/** An agent keeps ten errors and ten warnings of a task; one is the verdict. */
const SHOWN_ISSUES = 9;

let warnings = 0;

/** How many more issues of a kind are seen. */
export function issuesLeft(type: 'error' | 'warning'): number {
  return type === 'error' ? SHOWN_ISSUES : Math.max(0, SHOWN_ISSUES - warnings);
}

/** A text in which nothing is an order to the agent, for places where the library does not see to it itself. */
export function harmless(text: string): string {
  return filterExternalOutput(printable(text), FROM_OUTSIDE).toString('utf8');
}

/** Writes text as it is, apart from what the agent would obey. */
export function say(text: string): void {
  task.writeExternalOutput(text, FROM_OUTSIDE);
}

/** A warning of the build, as long as there is room for one that is more: the verdict. */
export function warn(message: string): void {
  if (issuesLeft('warning') === 0) say(`WARNING: ${printable(message)}\n`);
  else task.warningExternalOutput(printable(message), { ...FROM_OUTSIDE, issueSource: task.IssueSource.TaskInternal });
  warnings += 1;
}

/**
 * Tells the events of a run: lines of the log, warnings of the build, and what the timeline shows while it waits.
 *
 * @param source - where the credentials come from; null: from where the run found them
 */
export function createEventLog({ nowMs, source }: { readonly nowMs: () => number; readonly source: string | null }): (event: RunEvent) => void {
  const startMs = nowMs();
  let work: string | null = null;
  let percent = 0;
  return (event) => {
    const at = durationText(nowMs() - startMs);
    if (event.type === 'warning' || (event.type === 'expiry' && event.loud)) warn(event.message);
    else {
      const line = describeEvent(event.type === 'credentials' && source !== null ? { ...event, source } : event, plainPaint);
      if (line !== null) say(`${at}  ${line}\n`);
    }
    if (event.type === 'phase') percent = PERCENT[event.phase];
    const newWork = describeWork(event);
    if (newWork === null) return;
    task.setProgress(percent, harmless(`${newWork} (${at})`));
    if (newWork !== work && event.type !== 'upload') say(`${at}  ${newWork}\n`);
    work = newWork;
  };
}

/** The log of `System.Debug`. What comes in is free of secrets. */
export const debugLog: Logger = { debug: writeDebug, warn: writeDebug };

function writeDebug(message: string, fields: Parameters<Logger['debug']>[1] = {}): void {
  task.debugExternalOutput(printable(`${message} ${JSON.stringify(fields)}`), FROM_OUTSIDE);
}
