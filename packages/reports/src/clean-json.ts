import { cleanText } from './clean-text.js';

/** How the escapes of control characters and of half surrogate pairs begin, and the one control character without any. */
const UNCLEAN = [String.raw`\u`, String.raw`\b`, String.raw`\f`, '\u007F'];

/** A value as JSON that every reader takes: many refuse the escapes of control characters and of half surrogate pairs. Pure. */
export function cleanJson(value: unknown): string {
  const text = JSON.stringify(value);
  // Nearly all texts are clean: looking at each one by itself takes twice as long as writing them.
  if (!UNCLEAN.some((sign) => text.includes(sign))) return text;
  return JSON.stringify(value, (_name, inner: unknown) => (typeof inner === 'string' ? cleanText(inner) : inner));
}

/** An object as {@link cleanJson}, open at its end for more members; `]` or a value and `}` close it. Pure. */
export function openJson(facts: object): string {
  return `${cleanJson(facts).slice(0, -1)},`;
}

/** Items of a JSON list, one a line, without its brackets. */
export async function* jsonItems<T>(source: AsyncIterable<T>, render: (item: T) => object | null): AsyncGenerator<string, void> {
  let separator = '\n';
  for await (const item of source) {
    const value = render(item);
    if (value === null) continue;
    yield `${separator}${cleanJson(value)}`;
    separator = ',\n';
  }
}
