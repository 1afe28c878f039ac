/** What Markdown, HTML in it and GitLab's and GitHub's references (`@user`, `#1`, `!2`, `$3`, `%4`, `~5`, `^6`, `&7`) begin with. */
const ACTING = /[\\`*_{}[\]<>#!|~@&$%^]/gu;
/** Begins a list, a heading, a rule or front matter. */
const LINE_START = /^([-+=]|\d+(?=[.)]))/gmu;

/**
 * Text as Markdown that shows it and does nothing: no markup, no picture that is fetched, nobody who is called. Pure.
 *
 * @see spec.commonmark.org "Backslash escapes"
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/^[ \t]+/gmu, '')
    .replace(ACTING, '\\$&')
    .replace(LINE_START, (start) => (/\d/u.test(start) ? `${start}\\` : `\\${start}`));
}
