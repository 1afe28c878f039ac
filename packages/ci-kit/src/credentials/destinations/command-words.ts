/** The words of a command, or what is wanted instead. */
export type CommandWords = { readonly words: readonly [command: string, ...args: string[]] } | { readonly wanted: string };

const WANTED = 'words between blanks, or a JSON array of texts for words with blanks or quotes: ["store", "--name", "a b"]';

/** Reads an argument vector. No shell, no quotes, no variables: what a word holds is what the command gets. Pure. */
export function parseCommandWords(text: string): CommandWords {
  const words = text.trim().startsWith('[') ? jsonWords(text) : plainWords(text);
  const [command, ...args] = words ?? [];
  return command === undefined || command === '' ? { wanted: WANTED } : { words: [command, ...args] };
}

function jsonWords(text: string): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((word): word is string => typeof word === 'string' && !word.includes('\0')) ? value : null;
  } catch {
    return null;
  }
}

/** What a shell would read otherwise is refused, lest somebody relies on it. */
function plainWords(text: string): readonly string[] | null {
  return /["'`$|;&<>\0]/u.test(text) ? null : text.trim().split(/\s+/u);
}
