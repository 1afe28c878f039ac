import { parseDocument } from 'yaml';

import type { ValidationIssue } from '../kernel/errors.js';

/** What a text of YAML or JSON holds, or what is wrong with it. */
export type ParsedText = { readonly value: unknown } | { readonly issues: readonly ValidationIssue[] };

/**
 * Reads YAML 1.2, and with it JSON. Duplicate keys, unknown tags and aliases are faults: a file that decides about
 * verdicts says one thing, once, where it is read. Pure.
 */
export function parseYamlText(path: string, text: string): ParsedText {
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true, prettyErrors: true });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) return { issues: faults.map(({ message }) => unreadable(path, firstLine(message))) };
  try {
    return { value: document.toJS({ maxAliasCount: 0 }) };
  } catch {
    return { issues: [unreadable(path, 'a text with aliases, or nested too deeply')] };
  }
}

function unreadable(path: string, got: string): ValidationIssue {
  return { path, got, wanted: 'YAML or JSON, each key once, without aliases' };
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/:$/u, '');
}
