import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { EmulatedResponse } from '../exchange.js';

/** The places that an answer passes on its way out. */
export interface Way {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The TCP socket at the bottom. */
  readonly socket: Socket;
}

/** Smaller answers are not worth compressing. */
const gzipFromBytes = 1400;

/** Sends an answer, or loses it in the way that a fault asks for. */
export async function deliver(answer: EmulatedResponse, way: Way): Promise<void> {
  const { delivery } = answer;
  switch (delivery?.kind) {
    case undefined:
      return sendWhole(answer, way);
    case 'reset':
      way.socket.resetAndDestroy();
      return;
    case 'stall':
      return;
    case 'cut':
      return sendPart(answer, delivery.afterBytes, way);
  }
}

async function sendWhole({ status, headers, body }: EmulatedResponse, { request, response }: Way): Promise<void> {
  response.sendDate = false;
  const withoutBody = status === 204 || status === 304 || request.method === 'HEAD';
  if (!withoutBody && worthGzip(headers, body) && acceptsGzip(request)) {
    response.writeHead(status, { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' });
    await pipeline(source(body), createGzip(), response);
    return;
  }
  if (body instanceof Uint8Array) {
    response.writeHead(status, withoutBody ? headers : { ...headers, 'content-length': body.byteLength });
    response.end(withoutBody ? undefined : body);
    return;
  }
  response.writeHead(status, headers);
  await pipeline(source(body), response);
}

/** Announces everything and sends less. */
async function sendPart({ status, headers, body }: EmulatedResponse, afterBytes: number, { response, socket }: Way): Promise<void> {
  if (!(body instanceof Uint8Array)) {
    throw new TypeError('Only a body that is there as a whole can be cut.');
  }
  response.sendDate = false;
  response.writeHead(status, { ...headers, 'content-length': body.byteLength });
  response.flushHeaders();
  await new Promise<void>((resolve) => response.write(body.subarray(0, afterBytes), () => resolve()));
  socket.end();
  socket.destroySoon();
}

function source(body: EmulatedResponse['body']): Readable {
  return Readable.from(body instanceof Uint8Array ? [body] : body);
}

function worthGzip(headers: EmulatedResponse['headers'], body: EmulatedResponse['body']): boolean {
  const isText = /^(text\/|application\/json)/.test(headers['content-type'] ?? '');
  return isText && (!(body instanceof Uint8Array) || body.byteLength >= gzipFromBytes);
}

function acceptsGzip({ headers }: IncomingMessage): boolean {
  return /(^|,)\s*(gzip|\*)\s*(;\s*q=(1|0\.\d*[1-9]\d*)(\.0*)?)?\s*(,|$)/i.test(headers['accept-encoding'] ?? '');
}
