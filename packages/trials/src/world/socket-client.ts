import type { HttpClient, HttpResponse } from '@verapipe/core';

import type { JoinedWire } from './joined-client.js';
import type { VirtualTime } from './virtual-time.js';

/** Real milliseconds after which a request counts as stalled, so that the virtual time may go on without its answer. */
const STALLED_MS = 400;

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
      const release = time.hold();
      const stalled = setTimeout(release, STALLED_MS);
      const settle = (): void => {
        clearTimeout(stalled);
        release();
      };
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

async function* settlingAtEnd(body: AsyncIterable<Uint8Array>, settle: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    settle();
  }
}
