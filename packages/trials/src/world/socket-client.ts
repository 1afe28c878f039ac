import type { HttpClient, HttpResponse } from '@verapipe/core';

import type { JoinedWire } from './joined-client.js';
import type { VirtualTime } from './virtual-time.js';

/**
 * Looks at a request without an answer until it counts as stalled, so that the virtual time may go on; real milliseconds
 * between them. Each takes a turn of the event loop, in which an answer that is there arrives: a busy machine slows the
 * looks and the answer alike, where a single timer would run out first.
 */
const LOOKS = 40;
const LOOK_MS = 10;
/** Looks after somebody was woken. Fewer: what is stalled has had its looks, and is met by every sleeper of a world. */
const LOOKS_AFTER_WAKING = 4;

/** What a socket client needs besides what every wire has. */
export interface SocketWire extends Omit<JoinedWire, 'handle' | 'dice'> {
  readonly time: VirtualTime;
  /** Opens the sockets. */
  readonly network: HttpClient;
}

/** The real network in a world of virtual time, which stands still while a request is under way. */
export function createSocketClient({ network, time, process, onRequest = () => undefined }: SocketWire): HttpClient {
  return {
    async send(request, signal) {
      onRequest('arrives', request.operation.name);
      const settle = holdForAnswer(time);
      try {
        const response = await process.whileAlive(network.send(request, signal));
        onRequest('is-answered', request.operation.name);
        return { ...response, body: settlingAtEnd(response.body, settle) } satisfies HttpResponse;
      } catch (error) {
        settle();
        throw error;
      }
    },
    close: () => network.close(),
  };
}

/** Holds the time until the answer counts as stalled, and again when somebody was woken: it may be who answers. */
function holdForAnswer(time: VirtualTime): () => void {
  let release = time.hold();
  let timer: NodeJS.Timeout;
  const look = (left: number): void => {
    timer = setTimeout(() => (left === 1 ? release() : look(left - 1)), LOOK_MS);
  };
  look(LOOKS);
  const forget = time.onWake(() => {
    clearTimeout(timer);
    release();
    release = time.hold();
    look(LOOKS_AFTER_WAKING);
  });
  return () => {
    forget();
    clearTimeout(timer);
    release();
  };
}

async function* settlingAtEnd(body: AsyncIterable<Uint8Array>, settle: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    settle();
  }
}
