import { type HttpClient, type HttpRequest, NetworkError } from '@verapipe/core';
import type { EmulatedRequest, EmulatedResponse, HandleRequest } from '@verapipe/emulator';

import type { Dice } from './dice.js';
import type { SimulatedProcess } from './simulated-process.js';

/** A client and a platform in one process, with a wire in between that takes time and loses answers. */
export interface JoinedWire {
  readonly handle: HandleRequest;
  readonly process: SimulatedProcess;
  readonly dice: Dice;
  /** Called when a request arrives at the platform, and when its answer leaves; may kill the process. */
  readonly onRequest?: (moment: 'arrives' | 'is-answered', operation: string) => void;
}

/** Milliseconds that a request, and an answer, are under way. */
const FASTEST_MS = 5;
const SLOWEST_MS = 400;

/** Joins core to an emulator at the seam of the `HttpClient`: no sockets, the same errors. */
export function createJoinedClient({ handle, process, dice, onRequest = () => undefined }: JoinedWire): HttpClient {
  const travel = (signal: AbortSignal): Promise<void> => process.clock.sleep(dice.between(FASTEST_MS, SLOWEST_MS), signal);
  return {
    async send(request, signal) {
      signal.throwIfAborted();
      await travel(signal);
      onRequest('arrives', request.operation.name);
      const response = await process.whileAlive(orAborted(handle(toEmulated(request)), signal));
      onRequest('is-answered', request.operation.name);
      if (response.delivery?.kind === 'stall') await process.whileAlive(untilAborted(signal));
      await travel(signal);
      if (response.delivery?.kind === 'reset') throw broken(request);
      return { status: response.status, headers: response.headers, body: deliver(request, response) };
    },
    close: () => Promise.resolve(),
  };
}

function toEmulated({ method, url, headers, body }: HttpRequest): EmulatedRequest {
  const ofBody = body === undefined ? {} : { 'content-type': body.contentType, 'content-length': String(body.sizeBytes) };
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method,
    host: url.hostname,
    target: `${url.pathname}${url.search}`,
    headers: { host: url.host, ...lower, ...ofBody },
    body: body === undefined ? nothing() : body.open(),
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // a request without a body
}

async function* deliver(request: HttpRequest, { body, delivery }: EmulatedResponse): AsyncGenerator<Uint8Array> {
  let left = delivery?.kind === 'cut' ? delivery.afterBytes : Infinity;
  for await (const part of body instanceof Uint8Array ? [body] : body) {
    if (part.byteLength > left) {
      yield part.subarray(0, left);
      throw broken(request);
    }
    left -= part.byteLength;
    yield part;
  }
  if (delivery?.kind === 'cut') throw broken(request);
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([work, untilAborted(signal)]);
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** As core's own client says it. */
function broken({ url }: HttpRequest): NetworkError {
  return new NetworkError(`The connection to ${url.host} broke after the request was sent (ECONNRESET).`, {
    code: 'connection-lost',
    outcome: 'unknown',
  });
}

