import { describeEvent, describeWork, durationText, sizeText, type Paint } from '@verapipe/ci-kit';
import type { Clock } from '@verapipe/core';

import type { Progress } from './progress.js';
import type { Sink } from './terminal.js';

/** CI systems end jobs that are silent for ten minutes. */
const HEARTBEAT_MS = 4 * 60_000;
/** An upload tells how far it is each so often. */
const UPLOAD_LINE_MS = 30_000;

/** Progress for logs: single lines, each with the time since the start; a sign of life when nothing changes. */
export function createProgressLines(sink: Sink, { clock, paint }: { readonly clock: Clock; readonly paint: Paint }): Progress {
  const startMs = clock.monotonicMs();
  const stopped = new AbortController();
  let work: string | null = null;
  let lastLineMs = startMs;
  let lastUploadMs = -Infinity;

  function say(line: string): void {
    lastLineMs = clock.monotonicMs();
    sink.write(`${paint('dim', durationText(lastLineMs - startMs))}  ${line}\n`);
  }

  async function keepAlive(): Promise<void> {
    while (!stopped.signal.aborted) {
      const silentMs = clock.monotonicMs() - lastLineMs;
      if (silentMs >= HEARTBEAT_MS) say(work === null ? 'Still working' : `${work}, still`);
      await clock.sleep(HEARTBEAT_MS - Math.min(silentMs, HEARTBEAT_MS - 1), stopped.signal);
    }
  }

  keepAlive().catch(() => undefined); // ends when the sleep is ended
  return {
    say,
    stop: () => stopped.abort(),
    onEvent(event) {
      const line = describeEvent(event, paint);
      if (line !== null) say(line);
      const newWork = describeWork(event);
      if (newWork === null) return;
      if (event.type === 'upload') {
        const nowMs = clock.monotonicMs();
        if (event.sentBytes === event.sizeBytes || nowMs - lastUploadMs < UPLOAD_LINE_MS) return;
        lastUploadMs = nowMs;
        say(`${newWork}: ${sizeText(event.sentBytes)} of ${sizeText(event.sizeBytes)}`);
      } else if (newWork !== work) {
        const next = event.type === 'poll' && event.nextPollMs !== null ? `; asking every ${durationText(event.nextPollMs)} or so` : '';
        say(`${newWork}${next}`);
      }
      work = newWork;
    },
  };
}
