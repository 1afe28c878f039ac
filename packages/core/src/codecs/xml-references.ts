const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#x([0-9a-f]{1,8})|#(\d{1,8})|([A-Za-z]+));/gi;

/**
 * Replaces character references and the five predefined entities, once: `&amp;#x40;` becomes `&#x40;`.
 *
 * @returns null when the text has an `&` that begins no reference, an unknown entity, or a forbidden character
 */
export function decodeReferences(text: string): string | null {
  if (!text.includes('&')) return text;
  let valid = true;
  let end = 0;
  let decoded = '';
  for (const match of text.matchAll(REFERENCE)) {
    const [whole, hex, decimal, name] = match;
    const between = text.slice(end, match.index);
    const character = name === undefined ? characterOf(hex, decimal) : (ownValue(PREDEFINED, name) ?? null);
    valid &&= character !== null && !between.includes('&');
    decoded += between + (character ?? '');
    end = match.index + whole.length;
  }
  const rest = text.slice(end);
  return valid && !rest.includes('&') ? decoded + rest : null;
}

/**
 * For display: texts that the platform has encoded twice (`jane&#x40;example.com`) as they were meant.
 */
export function decodeTwice(text: string): string {
  return decodeReferences(text) ?? text;
}

function characterOf(hex: string | undefined, decimal: string | undefined): string | null {
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return isXmlCharacter(code) ? String.fromCodePoint(code) : null;
}

/** @see www.w3.org/TR/xml "Characters" */
function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

function ownValue(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
