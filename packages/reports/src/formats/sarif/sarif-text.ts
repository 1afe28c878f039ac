import { printableLines } from '../../printable-lines.js';

/** `[text](target)` would become a link. @see SARIF 2.1.0, 3.11.6 */
const LINK = /\[(?=[^[\]]*\]\()/gu;
/** `{0}` would be replaced by an argument. @see SARIF 2.1.0, 3.11.5 */
const PLACEHOLDER = /\{(\d+)\}/gu;

/** Text of others in a message: it links nowhere, and nothing is put into it. Pure. */
export function sarifText(text: string): string {
  return printableLines(text).replace(LINK, '\\[').replace(PLACEHOLDER, '{{$1}}');
}
