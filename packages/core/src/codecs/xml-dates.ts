/** With an offset (lists), ` UTC` (reports) or nothing (mitigations; taken as UTC). */
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})? ?(Z|UTC|[+-]\d{2}:?\d{2})?$/;
/** Month first, as teams have it. */
const AMERICAN_DATE = /^(\d{2})\/(\d{2})\/(\d{4})$/;

/**
 * Reads any of the date spellings of the XML API.
 *
 * @returns ISO 8601 UTC with milliseconds; null when there is none, or it is no day of the calendar
 */
export function parseXmlDate(text: string | null): string | null {
  if (text === null) return null;
  const american = AMERICAN_DATE.exec(text);
  if (american !== null) {
    const [, month = '', day = '', year = ''] = american;
    return toIso({ year, month, day }, '00:00:00Z');
  }
  const match = DATE_TIME.exec(text);
  if (match === null) return null;
  const [, year = '', month = '', day = '', time = '', fraction = '', zone = 'Z'] = match;
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  return toIso({ year, month, day }, time + fraction.slice(0, 4) + offset);
}

/** Seconds since the Unix epoch, as `published_date_sec` has them. */
export function parseUnixSeconds(text: string | null): string | null {
  if (text === null || !/^\d{1,11}$/.test(text)) return null;
  return new Date(Number(text) * 1000).toISOString();
}

interface Day {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

function toIso({ year, month, day }: Day, time: string): string | null {
  // `Date` moves the 31st of February into March instead of refusing it.
  if (new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() !== Number(day)) return null;
  const date = new Date(`${year}-${month}-${day}T${time}`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
