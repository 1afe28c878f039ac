/** What one line of a credentials file says. */
export type CredentialsLine =
  | { readonly kind: 'section'; readonly section: string }
  | {
      readonly kind: 'setting';
      /** In lower case: the case of names carries nothing. */
      readonly name: string;
      /** All that stands before the value, as it is written. */
      readonly before: string;
      readonly value: string;
    };

/**
 * Reads a line of INI text: `[section]`, with a comment behind it or not, and `name = value` or `name: value`. Null for
 * comments, blank lines, and what is nothing of this. A byte-order mark before the first line is a blank to `\s`.
 *
 * @see docs.veracode.com "Configure an API credentials file"
 */
export function readCredentialsLine(line: string): CredentialsLine | null {
  const section = /^\s*\[([^\]]*)\]\s*(?:[#;].*)?$/.exec(line)?.[1];
  if (section !== undefined) return { kind: 'section', section: section.trim() };
  const setting = /^\s*([^#;=:\s][^=:]*)[=:]\s*/.exec(line);
  if (setting === null) return null;
  const [before, name = ''] = setting;
  return { kind: 'setting', name: name.trim().toLowerCase(), before, value: line.slice(before.length).trim() };
}
