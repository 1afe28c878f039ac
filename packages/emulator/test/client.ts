import { request as requestHttp, type Agent } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { sign } from './signer.js';

/** Where a request goes and who signs it. */
export interface ClientOptions {
  readonly url: string;
  readonly apiId: string;
  readonly apiKey: string;
  /** PEM text of an authority to trust. */
  readonly ca?: string;
  readonly agent?: Agent;
}

export interface Sent {
  readonly method?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: Buffer | Readable;
  readonly headers?: Readonly<Record<string, string>>;
  /** Send this instead of a signature; null sends none. */
  readonly authorization?: string | null;
  readonly signal?: AbortSignal;
}

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  /** Decompressed. */
  readonly text: string;
}

/** Sends one signed request over a real socket. Rejects when the answer does not arrive whole. */
export function send(options: ClientOptions, target: string, sent: Sent = {}): Promise<Received> {
  const { url, apiId, apiKey, ca, agent } = options;
  const base = new URL(url);
  const { body, type } = bodyOf(sent);
  const method = sent.method ?? (body === undefined ? 'GET' : 'POST');
  const authorization = sent.authorization === undefined ? sign({ apiId, apiKey, method, host: base.hostname, target }) : sent.authorization;
  const headers = {
    ...(authorization === null ? {} : { authorization }),
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(body instanceof Buffer ? { 'content-length': String(body.byteLength) } : {}),
    ...sent.headers,
  };
  return new Promise((resolve, reject) => {
    const start = base.protocol === 'https:' ? requestHttps : requestHttp;
    const tls = ca === undefined ? {} : { ca };
    const transport = { ...tls, ...(agent === undefined ? { agent: false } : { agent }), ...(sent.signal === undefined ? {} : { signal: sent.signal }) };
    const request = start({ host: base.hostname, port: base.port, method, path: target, headers, ...transport }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = (response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text });
      });
    });
    request.on('error', reject);
    if (body !== undefined && 'pipe' in body) {
      body.pipe(request);
    } else {
      request.end(body);
    }
  });
}

function bodyOf({ form, json, body }: Sent): { readonly body?: Buffer | Readable; readonly type?: string } {
  if (form !== undefined) {
    return { body: Buffer.from(new URLSearchParams(form).toString()), type: 'application/x-www-form-urlencoded; charset=UTF-8' };
  }
  if (json !== undefined) {
    return { body: Buffer.from(JSON.stringify(json)), type: 'application/json' };
  }
  return body === undefined ? {} : { body, type: 'binary/octet-stream' };
}
