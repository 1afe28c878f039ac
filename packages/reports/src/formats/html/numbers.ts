import { countOf } from '../../count-of.js';

/** A number with its thousands apart: `10,000`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/gu, ',');
}

/** A number with its thousands apart, and its noun. */
export function groupedCount(count: number, noun: string): string {
  return countOf(count, noun, grouped);
}

/** A time of ISO 8601 for people, in UTC; what cannot be read is shown as it is. */
export function shownTime(time: string): string {
  const [, date, minutes] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z$/u.exec(time) ?? [];
  return date === undefined || minutes === undefined ? time : `${date} ${minutes} UTC`;
}
