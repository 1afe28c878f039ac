import type { VeracodeClient } from '../api/veracode-client.js';
import type { HttpRequest } from '../transport/http.js';
import type { PlannedChange } from './plan.js';

/** A form or a JSON document of more bytes is a file. */
const MAX_SHOWN_BYTES = 64 * 1024;

/**
 * Takes down the change that a piece of work would make, without making it; what it reads before, it reads. The calls
 * themselves make the request, so a plan and a run cannot say different things.
 *
 * @param act - calls of the platform, of which one at most changes it
 * @returns null when nothing would be changed
 */
export async function captureChange(
  client: VeracodeClient,
  act: (client: VeracodeClient) => Promise<unknown>,
  note: string | null = null,
): Promise<PlannedChange | null> {
  const request = await changingRequest(client, act);
  if (request === null) return null;
  const { operation, method, url } = request;
  const parameters = { ...Object.fromEntries(url.searchParams), ...(await bodyOf(request)) };
  return { kind: 'change', operation: operation.name, method, path: decodeURIComponent(url.pathname), parameters, note };
}

async function changingRequest(client: VeracodeClient, act: (client: VeracodeClient) => Promise<unknown>): Promise<HttpRequest | null> {
  const stopped = new Error('Taken down, not sent.');
  const changes: HttpRequest[] = [];
  const send: VeracodeClient['send'] = (exchange) => {
    if (exchange.request.operation.reads) return client.send(exchange);
    changes.push(exchange.request);
    return Promise.reject(stopped);
  };
  try {
    await act({ ...client, send });
  } catch (error) {
    if (error !== stopped) throw error;
  }
  return changes[0] ?? null;
}

async function bodyOf({ body }: HttpRequest): Promise<Readonly<Record<string, unknown>>> {
  if (body === undefined || body.sizeBytes > MAX_SHOWN_BYTES) return {};
  const isForm = body.contentType.startsWith('application/x-www-form-urlencoded');
  if (!isForm && !body.contentType.startsWith('application/json')) return {};
  const parts: Buffer[] = [];
  for await (const part of body.open()) parts.push(Buffer.from(part));
  const text = Buffer.concat(parts).toString('utf8');
  return isForm ? Object.fromEntries(new URLSearchParams(text)) : (JSON.parse(text) as Record<string, unknown>);
}
