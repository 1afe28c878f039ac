const WORDS: Readonly<Record<string, boolean>> = { true: true, yes: true, '1': true, false: false, no: false, '0': false };

/** What {@link parseBoolean} accepts, for messages. @public */
export const BOOLEAN_WORDS = 'true, false, yes, no, 1 or 0';

/** The opposite of a truth value, as a text; what is none stays, and is a fault of whatever reads it. */
export function turnedBoolean(text: string): string {
  const value = parseBoolean(text);
  return value === undefined ? text : String(!value);
}

/**
 * Reads a truth value, in any case, with blanks around it. The only such function: every option, input and variable
 * takes the same words.
 *
 * @returns undefined for every other word
 * @public
 */
export function parseBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  return Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}
