import { parseBoolean } from '../options/parse-boolean.js';

/** What an expression comes to that holds nothing but a literal: `${{ true }}`, `${{ 'yes' }}`; any other text as it is. */
export function literalOf(text: string): string {
  return /^\$\{\{\s*('?)([\w.-]*)\1\s*\}\}$/u.exec(text.trim())?.[2] ?? text;
}

/** A switch as verapipe and its adapters read it; null where only the run knows. */
export function readSwitch(text: string | null): boolean | null {
  return text === null ? null : (parseBoolean(literalOf(text)) ?? null);
}
