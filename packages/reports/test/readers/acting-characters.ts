/**
 * Characters that no report in JSON may have, plain or escaped: controls, halves of surrogate pairs (readers in other
 * languages refuse their escapes), marks that turn the direction of writing.
 */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const ACTING = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]|\p{Surrogate}/u;
const ESCAPED = /(?<!\\)(?:\\\\)*\\u(?:00[01][\da-f]|007f|d[89a-f][\da-f]{2}|202[a-e]|206[6-9])/iu;

/** The first such character of a text, as a fault. */
export function actingCharacters(text: string): readonly string[] {
  const found = ACTING.exec(text) ?? ESCAPED.exec(text);
  return found === null ? [] : [`has ${JSON.stringify(found[0])} behind ${JSON.stringify(text.slice(Math.max(0, found.index - 40), found.index))}`];
}
