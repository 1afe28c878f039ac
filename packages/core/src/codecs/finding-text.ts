/** Marks up descriptions; anything else between angle brackets belongs to the text. */
const TAG = /<\/?(?:span|p|div|br|a|b|i|em|strong|code|pre|ul|ol|li)(?:\s[^<>]*)?\/?>/gi;
const LINK = /<a\s[^<>]*>/i;
const TARGET = /\shref\s*=\s*["']([^"']*)["']/i;
const NEW_PARAGRAPH = /^<(?:span|p|div|br|li|pre)\b/i;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of a description as findings over REST have it: HTML, and of dynamic findings base64 of HTML. Paragraphs are
 * separated as in the XML report, by an empty line; a link shows its target in parentheses behind its text.
 */
export function plainDescription(description: string): string {
  const html = fromBase64(description) ?? description;
  // Split with one group: pieces of text and tags take turns.
  let text = '';
  let target = '';
  let end = 0;
  for (const match of html.matchAll(TAG)) {
    text += resolveEntities(html.slice(end, match.index));
    end = match.index + match[0].length;
    const [tag] = match;
    if (LINK.test(tag)) target = TARGET.exec(tag)?.[1] ?? '';
    else if (/^<\/a/i.test(tag) && target !== '') {
      text += ` (${resolveEntities(target)})`;
      target = '';
    } else if (NEW_PARAGRAPH.test(tag)) text = `${text.trimEnd()}\r\n\r\n`;
  }
  return (text + resolveEntities(html.slice(end))).trim();
}

/** Null unless the whole text is base64 of something with markup: a plain word may look like base64. */
function fromBase64(text: string): string | null {
  if (text.length % 4 !== 0 || !BASE64.test(text)) return null;
  try {
    const decoded = utf8.decode(Buffer.from(text, 'base64'));
    return decoded.includes('<') ? decoded : null;
  } catch {
    return null;
  }
}

function resolveEntities(text: string): string {
  return text.replace(ENTITY, (entity, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity;
  });
}
