import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { rootCertificates } from 'node:tls';

import type { ReportPlace } from './report-place.js';

/** Answers say little; anything much longer is not one of the API. */
const MAX_BYTES = 1024 * 1024;

/** One call. */
export interface Call {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly url: URL;
  /** Sent as JSON; undefined sends nothing. */
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  /** Seconds of `Retry-After`; null without. */
  readonly retryAfterSeconds: number | null;
  readonly text: string;
}

/**
 * Sends a call as it is, once. Through the proxy in absolute form (`PUT http://…`): a tunnel would hide the call from
 * the proxy, which is there to sign it.
 *
 * @throws Error with a `code` where no answer comes
 */
export async function exchange({ method, url, body }: Call, { proxy, authorization, ca }: ReportPlace, signal: AbortSignal): Promise<Answer> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    'content-length': String(Buffer.byteLength(text)),
    ...(authorization === null ? {} : { authorization }),
  };
  const common = { method, headers, signal };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const made = proxy === null ? requestTo(url, { ...common, ...(ca === null ? {} : { ca: [...rootCertificates, ca] }) }, resolve) : requestTo(proxy, { ...common, path: url.href, headers: { ...headers, host: url.host } }, resolve);
    made.once('error', reject).end(text);
  });
  const seconds = Number(answer.headers['retry-after']);
  return { status: answer.statusCode ?? 0, retryAfterSeconds: Number.isFinite(seconds) ? seconds : null, text: await textOf(answer) };
}

function requestTo(url: URL, options: RequestOptions & { readonly ca?: string[] }, onAnswer: (answer: IncomingMessage) => void): ReturnType<typeof requestHttp> {
  return url.protocol === 'https:' ? requestHttps(url, options, onAnswer) : requestHttp(url, options, onAnswer);
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BYTES) throw Object.assign(new Error('too long'), { code: 'an answer without an end' });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
