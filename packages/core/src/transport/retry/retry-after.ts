/** What asks for a longer wait is not waited for by a call: it ends instead. */
export const LONGEST_WAIT_MS = 60 * 60 * 1000;

/** Numbers beyond mean nothing. */
const A_YEAR_MS = 365 * 24 * LONGEST_WAIT_MS;

/**
 * Reads a `Retry-After` header: whole seconds or an HTTP date.
 *
 * @param nowMs - this machine's wall time
 * @param dateHeader - the `Date` header of the same answer: a difference of two times of one clock needs no agreement
 *   between that clock and ours
 * @returns milliseconds from 0 to a year; undefined when there is no readable value
 * @see RFC 9110, section 10.2.3
 */
export function parseRetryAfter(
  value: string | undefined,
  nowMs: number,
  dateHeader?: string,
): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, A_YEAR_MS);
  const whenMs = parseHttpDate(text);
  if (whenMs === undefined) return undefined;
  const fromMs = parseHttpDate(dateHeader) ?? nowMs;
  return Math.min(Math.max(0, whenMs - fromMs), A_YEAR_MS);
}

/** Milliseconds since the epoch of an HTTP date; undefined when it is none. @see RFC 9110, section 5.6.7 */
export function parseHttpDate(text: string | undefined): number | undefined {
  if (text === undefined || !/^[A-Za-z]{3,9},? .*\d{2}:\d{2}:\d{2}/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
