/** Tags that descriptions are written with; anything else in angle brackets is text, for instance `List<String>`. */
const TAG = /<\/?(?:span|a|b|i|br|p|ul|ol|li|em|strong|code|pre|div)(?:\s[^<>]*)?\/?>/gi;
const LINK = /<a\s[^<>]*?href\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')[^<>]*>([^<>]*)<\/a>/gi;
const BETWEEN_PARAGRAPHS = /<\/(?:span|p|div)>\s*(?=<(?:span|p|div)[\s>])/gi;
const ENTITY = /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});/gi;

const NAMED: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&nbsp;', ' '],
]);

/**
 * Makes plain text of the HTML that pipeline scans describe findings with: one paragraph for each `<span>`, links with
 * their address in brackets. The result is text and no longer safe to put into a page.
 */
export function plainTextOf(html: string): string {
  const text = html
    .replace(LINK, (_, quoted: string | undefined, single: string | undefined, label: string) => `${label} (${quoted ?? single ?? ''})`)
    .replace(BETWEEN_PARAGRAPHS, '\n\n')
    .replace(TAG, '');
  return decodeEntities(text).trim();
}

function decodeEntities(text: string): string {
  return text.replace(ENTITY, (entity) => NAMED.get(entity.toLowerCase()) ?? numbered(entity));
}

function numbered(entity: string): string {
  const isHex = /^&#x/i.test(entity);
  const point = Number.parseInt(entity.slice(isHex ? 3 : 2, -1), isHex ? 16 : 10);
  const isCharacter = point > 0 && point <= 0x10_ff_ff && !(point >= 0xd8_00 && point <= 0xdf_ff);
  return isCharacter ? String.fromCodePoint(point) : entity;
}
