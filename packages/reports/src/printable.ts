import { eastAsianWidth } from 'get-east-asian-width';

/**
 * Characters that act on a terminal or deceive its reader: controls (escape sequences begin with one), line and
 * paragraph separators, marks that turn the direction of writing, zero-width marks, halves of surrogate pairs.
 */
const ACTING = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Azure Pipelines obeys this mark anywhere in a line of output. @see learn.microsoft.com "Logging commands" */
const LOGGING_COMMAND = /##(?=vso\[|\[)/giu;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Makes text that others wrote (finding texts, file names, the platform's words) harmless on a terminal and in a CI
 * log: one line, no escape sequences, no logging commands.
 *
 * @public
 */
export function printable(text: string): string {
  return text
    .replace(/\r\n|[\t\n\r]/gu, ' ')
    .replace(ACTING, '\ufffd')
    .replace(LOGGING_COMMAND, '##_');
}

/** Terminal columns that a printable text takes. @public */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += graphemeColumns(segment);
  return columns;
}

/** Shortens a printable text to a number of columns; what was cut off becomes `…`. @public */
export function fit(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  if (columns < 1) return '';
  let shortened = '';
  let used = 1;
  for (const { segment } of graphemes.segment(text)) {
    used += graphemeColumns(segment);
    if (used > columns) break;
    shortened += segment;
  }
  return `${shortened}…`;
}

/** Shortens from the left: the end of a path tells more than its start. @public */
export function fitEnd(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  if (columns < 1) return '';
  const pieces = [...graphemes.segment(text)].map(({ segment }) => segment).toReversed();
  let shortened = '';
  let used = 1;
  for (const piece of pieces) {
    used += graphemeColumns(piece);
    if (used > columns) break;
    shortened = `${piece}${shortened}`;
  }
  return `…${shortened}`;
}

/** A grapheme is as wide as the character that begins it. */
function graphemeColumns(grapheme: string): number {
  const codePoint = grapheme.codePointAt(0) ?? 0;
  return /^\p{M}/u.test(grapheme) ? 0 : eastAsianWidth(codePoint);
}
