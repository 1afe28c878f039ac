import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { rootCertificates } from 'node:tls';

const TIME_LIMIT_MS = 60_000;
const MAX_BYTES = 256 * 1024 * 1024;
const MOST_REDIRECTS = 3;

/** What is asked of GitLab. */
export interface Download {
  readonly url: string;
  readonly token: string;
  /** PEM of the authority that a self-managed GitLab has (`CI_SERVER_TLS_CA_FILE`); null where there is none. */
  readonly ca: string | null;
}

/** The content, or why there is none. */
export type Downloaded = { readonly text: string } | { readonly status: number } | { readonly reason: string };

/**
 * Reads a file from GitLab with the job token. GitLab may send the reader on to its object storage: that gets no token, and
 * no message repeats an address that it gave, because such addresses are signed.
 */
export async function download({ url, token, ca }: Download): Promise<Downloaded> {
  const signal = AbortSignal.timeout(TIME_LIMIT_MS);
  const own = new URL(url);
  let place = own;
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const answer = await get(place, { headers: place.origin === own.origin ? { 'JOB-TOKEN': token } : {}, ca, signal });
      const { statusCode = 0, headers } = answer;
      if (statusCode === 200) return { text: await textOf(answer) };
      answer.resume();
      if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return { status: statusCode };
      place = new URL(headers.location, place);
    }
    return { reason: 'it redirects without an end' };
  } catch (error) {
    return { reason: signal.aborted ? 'it did not answer in time' : codeOf(error) };
  }
}

interface Get {
  readonly headers: Readonly<Record<string, string>>;
  readonly ca: string | null;
  readonly signal: AbortSignal;
}

function get(url: URL, { headers, ca, signal }: Get): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const made =
      url.protocol === 'https:'
        ? requestHttps(url, { headers, signal, ...(ca === null ? {} : { ca: [...rootCertificates, ca] }) }, resolve)
        : requestHttp(url, { headers, signal }, resolve);
    made.once('error', reject).end();
  });
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BYTES) throw Object.assign(new Error('too large'), { code: `it is larger than ${MAX_BYTES} bytes` });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Messages of network errors hold addresses; their codes do not. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'an unknown failure';
}
