import { printable } from './printable.js';

/** {@link printable} for texts of several lines: lines and paragraphs stay. Pure. */
export function printableLines(text: string): string {
  return text.split(/\r\n|[\n\r]/u).map(printable).join('\n');
}
