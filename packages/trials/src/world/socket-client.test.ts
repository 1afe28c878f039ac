import type { HttpClient, HttpRequest } from '@verapipe/core';
import { describe, expect, it } from '@jest/globals';

import { createProcess } from './simulated-process.js';
import { createSocketClient } from './socket-client.js';
import { createVirtualTime, type VirtualTime } from './virtual-time.js';

const HOUR_MS = 3_600_000;
/** Turns of the event loop that an answer takes: more than make a world quiet. */
const TURNS = 12;

const REQUEST: HttpRequest = {
  operation: { name: 'GET /', idempotent: true, reads: true, limitClass: 'rest' },
  method: 'GET',
  url: new URL('http://127.0.0.1/'),
  headers: {},
  attemptTimeoutMs: HOUR_MS,
  call: {},
};

/** The virtual time at which an answer is read whole, in a world in which somebody sleeps for an hour. */
async function answeredAt(answer: (time: VirtualTime) => Promise<void>): Promise<number> {
  const time = createVirtualTime();
  const network: HttpClient = {
    async send() {
      await answer(time);
      return { status: 200, headers: {}, body: bodyAfterTurns() };
    },
    close: () => Promise.resolve(),
  };
  const client = createSocketClient({ network, time, process: createProcess(time) });
  const deadline = new AbortController();
  const asleep = time.sleep(HOUR_MS, deadline.signal).catch(() => undefined);
  const readMs = await time.runUntil(
    (async () => {
      const { body } = await client.send(REQUEST, deadline.signal);
      for await (const part of body) expect(part).toHaveLength(1);
      return time.elapsedMs();
    })(),
  );
  deadline.abort();
  await asleep;
  return readMs;
}

async function* bodyAfterTurns(): AsyncGenerator<Uint8Array> {
  await turns();
  yield new Uint8Array(1);
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await new Promise(setImmediate);
}

describe('a client over sockets in virtual time', () => {
  it('lets no time pass while an answer is under way', async () => {
    expect(await answeredAt(turns)).toBe(0);
  });

  it('lets none pass on a machine that stands still for a while', async () => {
    const standStill = (): Promise<void> => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
      return turns();
    };
    expect(await answeredAt(standStill)).toBe(0);
  });

  it('lets no more pass than the platform sleeps, also while the answer comes afterwards', async () => {
    expect(await answeredAt(async (time) => {
      await time.sleep(30_000);
      await turns();
    })).toBe(30_000);
  });

  it('lets time pass for an answer that never comes', async () => {
    expect(await answeredAt((time) => time.sleep(2 * HOUR_MS))).toBe(2 * HOUR_MS);
  });
});
