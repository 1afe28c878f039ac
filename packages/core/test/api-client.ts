import type { VeracodeClient } from '../src/api/veracode-client.js';
import { hostsOfRegion } from '../src/auth/platform-hosts.js';
import { silentLogger } from '../src/kernel/logger.js';
import type { HttpRequest } from '../src/transport/http.js';
import { createFakeClock } from './fake-clock.js';
import { answer, scriptedSend, type Step } from './scripted-send.js';

/** A client whose attempts are scripted, and the requests that it was asked to send. */
export interface ScriptedClient extends VeracodeClient {
  readonly requests: readonly HttpRequest[];
}

/** Answers with status 200 and these bytes, or with whatever a step does; the last one stays. */
export function scriptedClient(...steps: readonly (string | Uint8Array | Step)[]): ScriptedClient {
  const { send, requests } = scriptedSend(...steps.map(stepOf));
  return {
    hosts: hostsOfRegion('global'),
    send,
    requests,
    clock: createFakeClock(),
    random: { bytes: (count) => new Uint8Array(count), fraction: () => 0.5 },
    logger: silentLogger,
    close: async () => undefined,
  };
}

function stepOf(step: string | Uint8Array | Step): Step {
  if (typeof step === 'string') return answer(200, step);
  if (!(step instanceof Uint8Array)) return step;
  return async () => ({ ...answer(200), body: (async function* () {
    yield step;
  })() });
}

/** What one request says: method, host with path, and every parameter of query or form. */
export async function describeRequest(request: HttpRequest | undefined): Promise<Record<string, unknown>> {
  if (request === undefined) throw new Error('nothing was sent');
  const { method, url, body } = request;
  const isForm = body?.contentType.startsWith('application/x-www-form-urlencoded') === true;
  const form = new URLSearchParams(isForm ? await bodyText(request) : '');
  return { call: `${method} ${url.origin}${url.pathname}`, ...Object.fromEntries([...url.searchParams, ...form]) };
}

/** The body of a request as text. */
export async function bodyText({ body }: HttpRequest): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body?.open() ?? []) parts.push(Uint8Array.from(part));
  return Buffer.concat(parts).toString('utf8');
}
