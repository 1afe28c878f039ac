import { shownText } from '@verapipe/ci-kit';

import { exchange, type Answer, type Call } from './exchange.js';
import type { ReportPlace } from './report-place.js';

/** What is done about a call that was not answered as it should be. */
export interface Patience {
  /** Pauses between attempts; their number is that of the repeats. */
  readonly pausesMs: readonly number[];
  readonly sleep: (ms: number) => Promise<void>;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/** Longest pause that the API may ask for. */
const LONGEST_PAUSE_SECONDS = 10;

/** A call that was given up; the message says why, without secrets. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
}

/**
 * Makes a call, and repeats it while the API cannot answer. Each call here may be repeated: PUT and DELETE by nature, POST
 * because annotations with the same `external_id` replace each other.
 *
 * @throws CallFailure
 */
export async function callApi(call: Call, place: ReportPlace, { pausesMs, sleep, signal }: Patience): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await attemptCall(call, place, signal);
    if ('answer' in outcome && !isTemporary(outcome.answer.status)) return expectSuccess(call, outcome.answer);
    const pauseMs = pausesMs[attempt];
    if (pauseMs === undefined || signal.aborted) {
      if ('answer' in outcome) return expectSuccess(call, outcome.answer);
      throw new CallFailure(`${call.method} ${place.proxy === null ? call.url.origin : `through ${place.proxy.origin}`}: ${signal.aborted ? 'no answer in time' : outcome.reason}`);
    }
    const asked = 'answer' in outcome ? (outcome.answer.retryAfterSeconds ?? 0) : 0;
    await sleep(Math.max(pauseMs, Math.min(asked, LONGEST_PAUSE_SECONDS) * 1000));
  }
}

async function attemptCall(call: Call, place: ReportPlace, signal: AbortSignal): Promise<{ readonly answer: Answer } | { readonly reason: string }> {
  try {
    return { answer: await exchange(call, place, signal) };
  } catch (error) {
    // Messages of network errors may hold addresses with user information; their codes do not.
    return { reason: typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'an unknown failure' };
  }
}

/** Too many calls, and servers that cannot. */
function isTemporary(status: number): boolean {
  return status === 429 || status >= 500;
}

function expectSuccess({ method, url }: Call, answer: Answer): Answer {
  const { status, text } = answer;
  // What is not there needs no deletion, and has no annotations.
  if ((status >= 200 && status < 300) || (status === 404 && (method === 'DELETE' || method === 'GET'))) return answer;
  const what = url.pathname.endsWith('/annotations') ? 'annotations' : 'the report';
  throw new CallFailure(`Bitbucket answered ${status} to ${method} of ${what}${said(text)}`);
}

/** The sentence of the API, where there is one. */
function said(text: string): string {
  try {
    const { error } = JSON.parse(text) as { readonly error?: { readonly message?: unknown } };
    return typeof error?.message === 'string' ? `: ${shownText(error.message.replace(/[\p{C}\s]+/gu, ' '))}` : '';
  } catch {
    return '';
  }
}
