/** Date and time, blank or `T` between, up to nanoseconds, with `Z`, ` UTC`, an offset, or nothing (then UTC). */
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})? ?(Z|UTC|[+-]\d{2}:?\d{2})?$/;

/** A day in digits. */
export interface CalendarDay {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

/**
 * Reads the spellings of date and time that the platform's APIs have in common.
 *
 * @returns ISO 8601 UTC with milliseconds; null when it is none of them, or no day of the calendar
 */
export function parseDateTime(text: string): string | null {
  const match = DATE_TIME.exec(text);
  if (match === null) return null;
  const [, year = '', month = '', day = '', time = '', fraction = '', zone = 'Z'] = match;
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  return toIso({ year, month, day }, time + fraction.slice(0, 4) + offset);
}

/** @param time - with its offset, as ISO 8601 has them; @returns null when there is no such day or time */
export function toIso({ year, month, day }: CalendarDay, time: string): string | null {
  // `Date` moves the 31st of February into March instead of refusing it.
  if (new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() !== Number(day)) return null;
  const date = new Date(`${year}-${month}-${day}T${time}`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
