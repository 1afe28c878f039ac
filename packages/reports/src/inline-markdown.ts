import { printable } from './printable.js';

/** What GitHub, GitLab, Azure and Bitbucket take for a mark within a line. */
const MARKS = /[\\`*_{}[\]~$]/gu;
/** HTML, and the end of a table's cell. */
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;' };
/** What these turn into links and messages to people where it stands in plain text: mentions, issues, addresses. */
const CALLS = /@(?=[\w-])|(?<![\w&])[#!%~](?=\d)|:(?=\/\/)|(?<=\bwww)\./giu;

/**
 * Makes text that others wrote plain text in Markdown, in one line: no markup, no HTML, no mention, no link of its own.
 * Comments of GitHub call people also where a backslash stands before the `@`. It may not begin a line, where more
 * characters are marks.
 *
 * @see github.github.com/gfm "Backslash escapes"
 */
export function inlineMarkdown(text: string): string {
  return printable(text)
    .replace(CALLS, (mark) => `${mark}\u200B`)
    .replace(MARKS, '\\$&')
    .replace(/[&<>|]/gu, (character) => ENTITIES[character] ?? '');
}

/** A link; the text alone where there is no address. The text is escaped here. */
export function markdownLink(text: string, url: string | null): string {
  const escaped = inlineMarkdown(text);
  return url === null ? escaped : `[${escaped}](<${url}>)`;
}
