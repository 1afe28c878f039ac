/** What stands in a URI as itself, besides `%`. @see RFC 3986 */
const FOREIGN = /[^A-Za-z0-9\-._~:/?@!$&'()*+,;=%]/gu;
/** Browsers and servers stop reading somewhere above. */
const LONGEST = 2000;
/**
 * What hides, turns text around, or stands for halves of characters that are lost: nobody sees where such an address leads,
 * and strict readers of URIs refuse it.
 */
const DECEIVING = /%E2%80%(?:8[BEF]|A[A-E])|%E2%81%A\d|%D8%9C|%EF%BB%BF|%EF%BF%BD/iu;
const BARE_PERCENT = /%(?![0-9A-Fa-f]{2})/gu;

/**
 * A link that people may follow, as strict readers of URIs take it and without user name and password; null for anything
 * but http and https, for what is too long to be followed, and for what deceives. Pure.
 */
export function webAddress(text: string | null): string | null {
  if (text === null || text.length > LONGEST || !URL.canParse(text)) return null;
  const { protocol, origin, pathname, search, hash } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  const fragment = hash === '' ? '' : `#${strict(hash.slice(1))}`;
  const address = `${origin}${strict(pathname)}${strict(search)}${fragment}`;
  return address.length > LONGEST || DECEIVING.test(address) ? null : address;
}

function strict(part: string): string {
  return part.replace(BARE_PERCENT, '%25').replace(FOREIGN, encodeURIComponent);
}
