import { webAddress } from '../../web-address.js';
import { visibleText } from '../../visible-text.js';

/** HTML; only {@link html} makes it, so that text never gets into a page unescaped. */
export interface Markup {
  readonly markup: string;
}

/** What stands in markup: text is escaped, null is nothing. */
export type Content = Markup | string | number | null | readonly Content[];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Markup from a template; whatever is put in is escaped, for text and for attributes in quotes. Pure. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { markup: strings.map((string, index) => `${string}${index < contents.length ? markupOf(contents[index] ?? null) : ''}`).join('') };
}

function markupOf(content: Content): string {
  if (content === null) return '';
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return visibleText(content).replace(/[&<>"']/gu, (character) => ESCAPES[character] ?? '');
  if (isList(content)) return content.map(markupOf).join('');
  return content.markup;
}

function isList(content: Exclude<Content, string | number | null>): content is readonly Content[] {
  return Array.isArray(content);
}

/** A list of names and what they are; nameless facts (null) are left out. */
export function factList(facts: readonly (readonly [name: string, fact: Content])[]): Markup {
  const told = facts.filter(([, fact]) => fact !== null && fact !== '');
  return html`<dl class="facts">${told.map(([name, fact]) => html`<dt>${name}</dt><dd>${fact}</dd>`)}</dl>`;
}

/** A table. Without a style sheet its old attributes make it readable, and no content security policy is against them. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly Content[])[]): Markup {
  const headings = head.map((name) => html`<th scope="col">${name}</th>`);
  const cells = rows.map(([first = null, ...others]) => html`<tr><th scope="row" align="left">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>\n`);
  return html`<div class="scroller"><table border="1" cellpadding="6" cellspacing="0">
<caption>${caption}</caption>
<thead><tr>${headings}</tr></thead>
<tbody>
${cells}</tbody>
</table></div>`;
}

/** A link for people, without text one that shows where it leads. An address that may be no link becomes its text. */
export function link(address: string, text: string | null = null): Content {
  const safe = webAddress(address);
  return safe === null ? (text ?? address) : html`<a href="${safe}" rel="noreferrer noopener">${text ?? safe}</a>`;
}
