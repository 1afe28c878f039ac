import { isVeracodeError } from '@verapipe/core';
import type { OutageFacts } from '@verapipe/reports';

import { firstFailure, judgeOutage } from '../judging/judge-outage.js';
import { readOutageMemory, writeOutageMemory } from '../judging/outage-memory.js';
import type { JudgedContext } from './judged-context.js';

/**
 * Whether this run may end without a verdict because the platform failed; remembers the first failure.
 *
 * Never throws: what goes wrong here tolerates nothing.
 *
 * @returns null when the failure is not tolerated
 */
export async function bearOutage(run: JudgedContext): Promise<OutageFacts | null> {
  const { outage: terms } = run.judging;
  if (terms === null) return null;
  const nowMs = run.clock.now();
  try {
    const memory = await readOutageMemory(run.files.outage);
    const judgement = judgeOutage(memory, terms, nowMs);
    // Kept in either case: a later run must not take its own failure for the first one.
    await writeOutageMemory(run.files.outage, { failingSince: new Date(firstFailure(memory, terms, nowMs)).toISOString() });
    if ('tolerated' in judgement) return judgement.tolerated;
    run.emit({ type: 'warning', message: judgement.refused });
  } catch (error) {
    run.emit({ type: 'warning', message: `The outage is not tolerated: ${reasonOf(error)}` });
  }
  return null;
}

/** Remembers that the platform worked, where anybody will ask. Without this a later outage is not tolerated, which harms nobody. */
export async function rememberWorking(run: JudgedContext): Promise<void> {
  if (run.judging.outage === null) return;
  try {
    await writeOutageMemory(run.files.outage, { failingSince: null });
  } catch (error) {
    run.emit({ type: 'warning', message: `It could not be remembered that the platform works: ${reasonOf(error)}` });
  }
}

function reasonOf(error: unknown): string {
  return isVeracodeError(error) ? error.message : String(error);
}
