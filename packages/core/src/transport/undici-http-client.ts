import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Agent, type Dispatcher } from 'undici';
import { errorCode } from '../kernel/error-code.js';
import { NetworkError, ProtocolError } from '../kernel/errors.js';
import type { HttpClient, HttpRequest, HttpResponse } from './http.js';
import { type AttemptFacts, toNetworkError } from './network-error.js';
import { type Proxy, proxyFor, type ProxyOptions } from './proxy.js';
import { createProxyTunnel } from './proxy-tunnel.js';
import { readTrustedRoots, type TrustOptions } from './trusted-roots.js';

/** Connections to one host; the rate limiter lets no more requests through at once. */
const MAX_CONNECTIONS = 5;
/** A real connection attempt takes real time, so it is not on the injected clock. */
const CONNECT_TIMEOUT_MS = 10_000;

/** How to reach the network. @public */
export interface UndiciHttpClientOptions extends ProxyOptions, TrustOptions {}

/**
 * The `HttpClient` that opens real sockets: keep-alive, HTTP/1.1, no redirects, no repeats, gzip undone, proxy by
 * CONNECT. Stalls are the business of the caller's signal.
 *
 * Proxy and CA file are looked at with the first request; what is wrong with them is a `ValidationError` then.
 *
 * @public
 */
export function createUndiciHttpClient(options: UndiciHttpClientOptions = {}): HttpClient {
  const dispatchers = new Map<string, Dispatcher>();
  let roots: ReturnType<typeof readTrustedRoots> | undefined;

  async function dispatcherFor(proxy: Proxy | null): Promise<Dispatcher> {
    roots ??= readTrustedRoots(options);
    const ca = await roots;
    const tls = { timeout: CONNECT_TIMEOUT_MS, allowH2: false, ...(ca === undefined ? {} : { ca: [...ca] }) };
    // Stalls are judged by progress, on the caller's clock; undici's own timers are off.
    const common = { connections: MAX_CONNECTIONS, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 };
    const route = proxy?.url ?? '';
    const known = dispatchers.get(route);
    if (known !== undefined) return known;
    const created =
      proxy === null
        ? new Agent({ ...common, connect: tls })
        : createProxyTunnel(proxy, { ...common, requestTls: tls, proxyTls: tls });
    dispatchers.set(route, created);
    return created;
  }

  return {
    async send(request, signal) {
      signal.throwIfAborted();
      const proxy = proxyFor(request.url, options);
      const dispatcher = await dispatcherFor(proxy);
      return sendOver(dispatcher, request, signal, proxy);
    },
    async close() {
      const open = [...dispatchers.values()];
      dispatchers.clear();
      await Promise.all(open.map((dispatcher) => dispatcher.destroy()));
    },
  };
}

async function sendOver(
  dispatcher: Dispatcher,
  request: HttpRequest,
  signal: AbortSignal,
  proxy: Proxy | null,
): Promise<HttpResponse> {
  const { url, method, body } = request;
  const progress = { sent: false };
  const facts = (): AttemptFacts => ({ host: url.host, proxy: proxy?.url ?? null, sent: progress.sent });
  const noticing = dispatcher.compose((dispatch) => (options, handler) =>
    dispatch(
      options,
      onRequestStart(handler, () => {
        progress.sent = true;
      }),
    ),
  );
  try {
    const work = noticing.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method,
      signal,
      headers: {
        ...request.headers,
        ...(body === undefined ? {} : { 'content-type': body.contentType, 'content-length': String(body.sizeBytes) }),
      },
      // An async iterable is sent with back-pressure; undici's types know only Node's streams.
      body: body === undefined || body.sizeBytes === 0 ? null : (body.open() as unknown as Readable),
    });
    const answer = await orAborted(signal, work);
    const headers = flattenHeaders(answer.headers);
    return {
      status: answer.statusCode,
      headers,
      body: readBody(answer.body, headers['content-encoding'], facts),
    };
  } catch (error) {
    if (signal.aborted && progress.sent) throw signal.reason;
    throw signal.aborted ? neverConnected(facts(), signal.reason) : toNetworkError(error, facts());
  }
}

/** undici looks at a signal only once it is connected; a name server or a handshake can hang before that. */
async function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  try {
    return await Promise.race([
      work,
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true, signal: done.signal });
      }),
    ]);
  } finally {
    done.abort();
    work.catch(() => undefined);
  }
}

/** The signal ended the attempt before a connection stood: nothing was sent, which is more than the signal knows. */
function neverConnected(facts: AttemptFacts, reason: unknown): NetworkError {
  return new NetworkError(`No connection to ${facts.host} stood when the attempt was ended.`, {
    code: 'cannot-connect',
    outcome: 'not-sent',
    cause: reason,
    advice: 'Check name resolution, firewall and proxy settings of this agent.',
  });
}

/** Decompressed bytes; every failure is an error of ours. */
async function* readBody(
  raw: Readable,
  encoding: string | undefined,
  facts: () => AttemptFacts,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of decompress(raw, encoding)) yield chunk as Uint8Array;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'Z_BUF_ERROR' || code === 'Z_DATA_ERROR') {
      throw new ProtocolError(`The compressed answer of ${facts().host} is cut or damaged (${code}).`, {
        code: 'damaged-compression',
      });
    }
    throw toNetworkError(error, facts());
  } finally {
    raw.destroy();
  }
}

function decompress(raw: Readable, encoding: string | undefined): Readable {
  switch (encoding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return raw;
    case 'gzip':
    case 'x-gzip':
      // The callback keeps a failure of one from being unhandled in the other; the reader sees it as well.
      return pipeline(raw, createGunzip(), () => undefined);
    default:
      raw.on('error', () => undefined).destroy();
      throw new ProtocolError('The answer is compressed in a way that nobody asked for.', { code: 'unknown-encoding' });
  }
}

function flattenHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

/** The same handler, with a word when undici begins to write the request to a connected socket. */
function onRequestStart(handler: Dispatcher.DispatchHandler, onStart: () => void): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (controller, context) => {
      onStart();
      handler.onRequestStart?.(controller, context);
    },
    onRequestUpgrade: (...input) => handler.onRequestUpgrade?.(...input),
    onResponseStart: (...input) => handler.onResponseStart?.(...input),
    onResponseData: (...input) => handler.onResponseData?.(...input),
    onResponseEnd: (...input) => handler.onResponseEnd?.(...input),
    onResponseError: (...input) => handler.onResponseError?.(...input),
  };
}
