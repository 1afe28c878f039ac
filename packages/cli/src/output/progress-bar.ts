import { describeEvent, describeWork, durationText, sizeText, type Paint, type RunEvent } from '@verapipe/ci-kit';
import type { Clock } from '@verapipe/core';
import { fit } from '@verapipe/reports';

import type { Progress } from './progress.js';
import type { Sink } from './terminal.js';

const TICK_MS = 1000;
const BAR_CELLS = 24;
/** To the start of the line, and clear it. */
const REWRITE = '\r\u001b[2K';

/** Progress for people: lines that stay, and below them one that lives (upload, phase, time, next poll). */
export function createProgressBar(sink: Sink, { clock, paint }: { readonly clock: Clock; readonly paint: Paint }): Progress {
  const startMs = clock.monotonicMs();
  const stopped = new AbortController();
  let live: { readonly event: RunEvent; readonly atMs: number } | null = null;

  function draw(): void {
    if (live === null) return;
    const text = liveText(live.event, clock.monotonicMs() - live.atMs);
    const line = `${durationText(clock.monotonicMs() - startMs)}  ${text}`;
    sink.write(`${REWRITE}${paint('dim', fit(line, Math.max(20, sink.width - 1)))}`);
  }

  function say(line: string): void {
    sink.write(`${live === null ? '' : REWRITE}${line}\n`);
    draw();
  }

  async function tick(): Promise<void> {
    while (!stopped.signal.aborted) {
      await clock.sleep(TICK_MS, stopped.signal);
      draw();
    }
  }

  tick().catch(() => undefined); // ends when the sleep is ended
  return {
    say,
    onEvent(event) {
      if (describeWork(event) !== null) live = { event, atMs: clock.monotonicMs() };
      const line = describeEvent(event, paint);
      if (line === null) draw();
      else say(line);
    },
    stop() {
      stopped.abort();
      if (live !== null) sink.write(REWRITE);
      live = null;
    },
  };
}

/** @param sinceMs - since the event */
function liveText(event: RunEvent, sinceMs: number): string {
  const work = describeWork(event) ?? '';
  if (event.type === 'upload') {
    const share = event.sizeBytes === 0 ? 1 : event.sentBytes / event.sizeBytes;
    const filled = Math.round(share * BAR_CELLS);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)}`;
    return `${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${work}, ${sizeText(event.sentBytes)} of ${sizeText(event.sizeBytes)}`;
  }
  if (event.type !== 'poll') return `${work} …`;
  const waited = `for ${durationText(event.elapsedMs + sinceMs)}`;
  const nextMs = event.nextPollMs === null ? null : event.nextPollMs - sinceMs;
  return `${work} ${waited}${nextMs === null ? '' : nextMs > 0 ? `, next look in ${durationText(nextMs)}` : ', looking'}`;
}
