import { cleanText, isPlain } from './clean-text.js';

/**
 * Marks that turn the direction of writing, and marks without width: with them a reader sees other code than stands
 * there. Joiners are left alone, as scripts and emoji need them.
 *
 * @see trojansource.codes
 */
const DECEIVING = /[\u0080-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const LINE_ENDS = /\r\n?|[\u2028\u2029]/gu;

/** Text that others wrote, as a reader shall see it: whole in UTF-16, without controls, and with nothing in it that hides. Pure. */
export function visibleText(text: string): string {
  return withoutDeceit(text.replace(LINE_ENDS, '\n'));
}

/** The same with the line ends that it has. Pure. */
export function withoutDeceit(text: string): string {
  return isPlain(text) ? text : cleanText(text).replace(DECEIVING, '\uFFFD');
}
