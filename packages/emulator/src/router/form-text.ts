/** Text that is no valid form encoding. */
export class FormTextError extends Error {
  override readonly name = 'FormTextError';
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads `a=1&b=2`, as it stands in queries and form bodies: every value of every name, in order.
 *
 * Percent escapes are read as UTF-8, and as Latin-1 where they are no UTF-8: the vendor's Java wrapper sends file names so.
 *
 * @throws FormTextError when an escape is broken
 */
export function parseFormLists(text: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const pair of text.split('&').filter((part) => part !== '')) {
    const at = pair.indexOf('=');
    const name = decodeFormText(at === -1 ? pair : pair.slice(0, at));
    const value = at === -1 ? '' : decodeFormText(pair.slice(at + 1));
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}

/** Like {@link parseFormLists}; the first of equal names counts. @throws FormTextError */
export function parseFormText(text: string): Map<string, string> {
  return new Map([...parseFormLists(text)].map(([name, [first = '']]) => [name, first]));
}

/** One name or value. @throws FormTextError */
function decodeFormText(text: string): string {
  return decodePercent(text.replaceAll('+', ' '));
}

/** Resolves percent escapes and nothing else. @throws FormTextError */
export function decodePercent(text: string): string {
  const broken = /%(?![0-9a-f]{2})/i.exec(text);
  if (broken !== null) {
    throw new FormTextError(`The escape ${JSON.stringify(text.slice(broken.index, broken.index + 3))} is not a percent sign and two hexadecimal digits.`);
  }
  const bytes = Buffer.from(text.replaceAll(/[^\0-\u{ff}]/gu, encodeURIComponent).replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
