/** Longest part of what somebody wrote that a message shows. */
const SHOWN_CHARACTERS = 60;

/** What looks like a key, or like the half of one: hidden before it is cut, for a cut key is known by nobody any more. */
const KEY_LIKE = /(?:vera01[0-9a-z]{2}-)?[0-9a-f]{64,}/giu;

/** What somebody wrote, as a message may show it: not too long, and without what may be a key. @public */
export function shownText(text: string): string {
  const clean = text.replace(KEY_LIKE, '[redacted]');
  return clean.length <= SHOWN_CHARACTERS ? clean : `${clean.slice(0, SHOWN_CHARACTERS)}…`;
}
