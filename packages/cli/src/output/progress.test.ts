import type { RunEvent } from '@verapipe/ci-kit';
import { describe, expect, it } from '@jest/globals';

import { createManualClock } from '../../test/manual-clock.js';
import { createTextSink } from '../../test/text-sink.js';
import { createPaint } from './paint.js';
import { createProgressBar } from './progress-bar.js';
import { createProgressLines } from './progress-lines.js';

const paint = createPaint({ isTerminal: false, color: true, env: {} });

function poll(statusText: string, nextPollMs: number | null = 120_000): RunEvent {
  return { type: 'poll', waitingFor: 'scan', buildId: '7', status: 'scan-in-process', statusText, policyEvaluation: 'not-assessed', elapsedMs: 0, nextPollMs };
}

function upload(sentBytes: number): RunEvent {
  return { type: 'upload', file: 'shop.jar', sentBytes, sizeBytes: 4_000_000, index: 1, count: 2 };
}

describe('progress in logs', () => {
  it('is one line for each thing that happens, with the time since the start', async () => {
    const sink = createTextSink();
    const clock = createManualClock();
    const progress = createProgressLines(sink, { clock, paint });
    progress.onEvent({ type: 'phase', phase: 'application' });
    progress.onEvent({ type: 'application', id: '101', name: 'Web\nshop', created: true });
    await clock.pass(65_000);
    progress.onEvent(upload(1_000_000));
    progress.onEvent(upload(2_000_000));
    await clock.pass(31_000);
    progress.onEvent(upload(3_000_000));
    progress.onEvent(upload(4_000_000));
    progress.onEvent(poll('Scan In Process'));
    progress.onEvent(poll('Scan In Process'));
    progress.onEvent(poll('Pending Internal Review', null));
    progress.stop();
    expect(sink.text().split('\n')).toEqual([
      '00:00  Looking for the application profile',
      '00:00  Application profile "Web shop" (101) created',
      '01:05  Uploading shop.jar (1 of 2): 1.0 MB of 4.0 MB',
      '01:36  Uploading shop.jar (1 of 2): 3.0 MB of 4.0 MB',
      '01:36  Uploaded shop.jar, 4.0 MB (1 of 2)',
      '01:36  Waiting for the scan, status "Scan In Process"; asking every 02:00 or so',
      '01:36  Waiting for the scan, status "Pending Internal Review"',
      '',
    ]);
  });

  it('gives a sign of life when nothing changes for minutes, and none after the end', async () => {
    const sink = createTextSink();
    const clock = createManualClock();
    const progress = createProgressLines(sink, { clock, paint });
    progress.onEvent(poll('Scan In Process'));
    await clock.pass(9 * 60_000);
    progress.stop();
    await clock.pass(60 * 60_000);
    expect(sink.text().split('\n').slice(1)).toEqual([
      '04:00  Waiting for the scan, status "Scan In Process", still',
      '08:00  Waiting for the scan, status "Scan In Process", still',
      '',
    ]);
  });
});

describe('progress on a terminal', () => {
  /** What a person sees in the end: the last version of each line. */
  function seen(text: string): readonly string[] {
    return text.split('\n').map((line) => line.split('\r\u001b[2K').at(-1) ?? '');
  }

  it('keeps lines that stay above the one that lives', async () => {
    const sink = createTextSink({ isTerminal: true, width: 100 });
    const clock = createManualClock();
    const progress = createProgressBar(sink, { clock, paint });
    progress.onEvent({ type: 'build', id: '7', name: 'local x', how: 'created', url: 'https://x.test/7' });
    progress.onEvent(upload(2_000_000));
    expect(seen(sink.text())).toEqual([
      'Scan "local x" (build 7) created: https://x.test/7',
      '00:00  ████████████░░░░░░░░░░░░  50 %  Uploading shop.jar (1 of 2), 2.0 MB of 4.0 MB',
    ]);
    progress.onEvent(upload(4_000_000));
    progress.onEvent(poll('Scan In Process'));
    await clock.pass(20_000);
    expect(seen(sink.text())).toEqual([
      'Scan "local x" (build 7) created: https://x.test/7',
      'Uploaded shop.jar, 4.0 MB (1 of 2)',
      '00:20  Waiting for the scan, status "Scan In Process" for 00:20, next look in 01:40',
    ]);
    await clock.pass(120_000);
    expect(seen(sink.text()).at(-1)).toContain('for 02:20, looking');
    progress.say('Stopping');
    progress.stop();
    expect(seen(sink.text()).slice(2)).toEqual(['Stopping', '']);
  });

  it('never writes a line that is wider than the terminal', async () => {
    const sink = createTextSink({ isTerminal: true, width: 40 });
    const progress = createProgressBar(sink, { clock: createManualClock(), paint });
    progress.onEvent(poll('A very long status text that nobody has ever seen before'));
    progress.stop();
    expect(Math.max(...sink.text().split('\r\u001b[2K').map((line) => line.length))).toBeLessThan(40);
  });

  it('shows all of an empty file as sent', () => {
    const sink = createTextSink({ isTerminal: true });
    const progress = createProgressBar(sink, { clock: createManualClock(), paint });
    progress.onEvent({ type: 'upload', file: 'x', sentBytes: 0, sizeBytes: 0, index: 1, count: 1 });
    progress.stop();
    expect(sink.text()).toContain('100 %');
  });
});
