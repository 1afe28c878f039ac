import { restErrorText } from '../codecs/rest.js';
import { redactSignatures } from '../kernel/redact.js';

const MAX_LENGTH = 300;

/**
 * The one sentence that an error answer holds, fit for a message: of JSON and XML what it says, of an HTML page its
 * title, of anything else nothing. Short, on one line, without control characters and without signatures.
 */
export function describeErrorText(text: string): string | null {
  const found = restErrorText(text) ?? /<error\b[^>]*>([^<]*)<\/error>/i.exec(text)?.[1] ?? titleOf(text);
  const line = redactSignatures(found ?? '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (line === '') return null;
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
}

function titleOf(text: string): string | null {
  if (!/<(?:!doctype )?html\b/i.test(text)) return null;
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1]?.trim() ?? '';
  return title === '' ? 'an HTML page' : `an HTML page titled "${title}"`;
}
