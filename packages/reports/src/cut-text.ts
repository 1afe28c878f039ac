/** Shortens a text for a reader that refuses longer ones; what was cut off becomes `…`, and no character is halved. Pure. */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, maxLength - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}
