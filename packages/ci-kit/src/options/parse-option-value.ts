import { isSeverity, nearestNames, severityName, SEVERITIES, type Severity } from '@verapipe/core';

import type { OptionDeclaration } from './option.js';
import { BOOLEAN_WORDS, parseBoolean } from './parse-boolean.js';

/** A value that was read, or what is wanted instead. */
export type ParsedValue = { readonly value: string | number | boolean } | { readonly wanted: string };

/** Reads the text of one value as the option's type. Pure. */
export function parseOptionValue(option: OptionDeclaration, text: string): ParsedValue {
  switch (option.type) {
    case 'text':
      return text.trim() === '' ? { wanted: `a ${(option.placeholder ?? 'text').toLowerCase()}` } : { value: text };
    case 'boolean':
      return parsed(parseBoolean(text), BOOLEAN_WORDS);
    case 'integer':
      return parseInteger(option, text.trim());
    case 'choice':
      return parseChoice(option, text);
    case 'severity':
      return parsed(parseSeverity(text), `a severity: ${SEVERITIES.map(severityName).join(', ')}, or 5 to 0`);
  }
}

function parseInteger({ min = 0, max = Number.MAX_SAFE_INTEGER, unit }: OptionDeclaration, text: string): ParsedValue {
  const value = /^\d{1,15}$/u.test(text) ? Number(text) : Number.NaN;
  const inRange = value >= min && value <= max;
  const of = unit === undefined ? 'a whole number' : `a whole number of ${unit}`;
  return inRange ? { value } : { wanted: `${of} from ${String(min)} to ${String(max)}` };
}

function parseChoice({ choices = [], otherWords = {} }: OptionDeclaration, text: string): ParsedValue {
  const written = plain(text);
  const choice = choices.find((candidate) => plain(candidate) === written);
  if (choice !== undefined) return { value: choice };
  const otherWord = Object.entries(otherWords).find(([word]) => word === text.trim().toLowerCase())?.[1];
  if (otherWord !== undefined) return { value: otherWord };
  const [near] = nearestNames(text, choices, 1);
  return { wanted: `${listed(choices)}${near === undefined ? '' : ` (did you mean ${near}?)`}` };
}

/** One severity or a list of them; of a list the lowest counts, as everything above it is meant as well. */
function parseSeverity(text: string): Severity | undefined {
  const severities = text.split(',').map((word) => {
    const number = /^\s*\d\s*$/u.test(word) ? Number(word) : Number.NaN;
    if (isSeverity(number)) return number;
    return SEVERITIES.find((severity) => plain(severityName(severity)) === plain(word));
  });
  let lowest: Severity | undefined;
  for (const severity of severities) {
    if (severity === undefined) return undefined;
    lowest = lowest === undefined || severity < lowest ? severity : lowest;
  }
  return lowest;
}

function parsed(value: boolean | number | undefined, wanted: string): ParsedValue {
  return value === undefined ? { wanted } : { value };
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

function plain(text: string): string {
  return text.replace(/[\s_-]/gu, '').toLowerCase();
}
