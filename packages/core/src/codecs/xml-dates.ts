import { parseDateTime, toIso } from './date-time.js';

/** Month first, as teams have it. */
const AMERICAN_DATE = /^(\d{2})\/(\d{2})\/(\d{4})$/;

/**
 * Reads any of the date spellings of the XML API: with an offset (lists), ` UTC` (reports), nothing (mitigations;
 * taken as UTC), or the month first (teams).
 *
 * @returns ISO 8601 UTC with milliseconds; null when there is none, or it is no day of the calendar
 */
export function parseXmlDate(text: string | null): string | null {
  if (text === null) return null;
  const [, month, day, year] = AMERICAN_DATE.exec(text) ?? [];
  if (month === undefined || day === undefined || year === undefined) return parseDateTime(text);
  return toIso({ year, month, day }, '00:00:00Z');
}

/** Seconds since the Unix epoch, as `published_date_sec` has them. */
export function parseUnixSeconds(text: string | null): string | null {
  if (text === null || !/^\d{1,11}$/.test(text)) return null;
  return new Date(Number(text) * 1000).toISOString();
}
