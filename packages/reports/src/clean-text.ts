/** Halves of surrogate pairs that stand alone: no encoder can write them. */
const LONE_SURROGATES = /\p{Surrogate}/gu;
/** Control characters but for tabs and line ends. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/gu;

/** Nearly all texts: nothing in them can be unclean, or hide. */
const PLAIN = /^[\t\n\r -~]*$/u;

/** True for a text of visible ASCII, which needs no second look. Pure. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** Text that every encoding and every reader takes: without control characters, and whole in UTF-16. Pure. */
export function cleanText(text: string): string {
  return isPlain(text) ? text : text.replace(LONE_SURROGATES, '\uFFFD').replace(CONTROLS, '');
}
