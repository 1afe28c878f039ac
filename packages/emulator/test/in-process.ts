import { createHash } from 'node:crypto';
import { createEmulator, type Emulator, type EmulatorOptions } from '../src/create-emulator.js';
import type { EmulatedResponse } from '../src/exchange.js';
import type { RandomSource } from '../src/random-source.js';
import { emptyBody } from '../src/request-body.js';
import { wholeBody } from '../src/router/faulty-answers.js';
import { createHandClock } from './rehearsal.js';
import { sign } from './signer.js';

/** A request for an emulator in the same process. */
export interface Request {
  readonly method?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The raw text of a form body. */
  readonly form?: string;
  readonly body?: AsyncIterable<Uint8Array>;
  /** null: not signed. */
  readonly authorization?: string | null;
}

export type Reply = EmulatedResponse & { readonly text: string };

/** An emulator without sockets, and a caller that signs. Everything about it is repeatable. */
export interface InProcess {
  readonly emulator: Emulator;
  readonly ask: (target: string, request?: Request) => Promise<Reply>;
}

export function startInProcess(options: Partial<EmulatorOptions> = {}): InProcess {
  const clock = options.clock ?? createHandClock();
  const emulator = createEmulator({ random: countingRandom('keys'), ...options, clock });
  const nonces = countingRandom('nonces');
  return {
    emulator,
    async ask(target, request = {}) {
      const { form, host = 'localhost', method = form === undefined ? 'GET' : 'POST' } = request;
      const nonceHex = Buffer.from(nonces.bytes(16)).toString('hex');
      const { apiId, apiKey } = emulator;
      const signed = sign({ apiId, apiKey, method, host, target, timestampMs: clock.wallMs(), nonceHex });
      const authorization = request.authorization === undefined ? signed : request.authorization;
      const headers = {
        host,
        ...(authorization === null ? {} : { authorization }),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...request.headers,
      };
      const body = form === undefined ? (request.body ?? emptyBody()) : oneChunk(Buffer.from(form, 'latin1'));
      const response = await emulator.handle({ method, host, target, headers, body });
      return { ...response, text: Buffer.from(await wholeBody(response.body)).toString('utf8') };
    },
  };
}

/** Numbers that look random and are the same every time. */
export function countingRandom(seed: string): RandomSource {
  let count = 0;
  return {
    bytes(length) {
      count += 1;
      const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, block) =>
        createHash('sha256').update(`${seed}/${count}/${block}`).digest(),
      );
      return Buffer.concat(blocks).subarray(0, length);
    },
  };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
