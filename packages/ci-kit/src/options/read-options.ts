import { nearestNames, type Env, type ValidationIssue } from '@verapipe/core';

import { ENVIRONMENT_PREFIX, environmentName, optionKey, optionsOf, resolveOptionName } from './option-names.js';
import { OPTION_TABLE, type OptionKey, type OptionName, type OptionValues } from './option-table.js';
import type { CommandName, OptionDeclaration } from './option.js';
import { turnedBoolean } from './parse-boolean.js';
import { parseOptionValue } from './parse-option-value.js';
import { replacementOf } from './replaced-options.js';
import { shownText } from './shown-text.js';

/** One option as somebody wrote it: a flag, the input of a task. @public */
export interface Setting {
  /** Without leading dashes. */
  readonly name: string;
  /** Null when the name stood alone. */
  readonly value: string | null;
}

/** Where the value of an option came from. @public */
export type OptionSource = 'setting' | 'environment' | 'default';

/** Options of one command, with everything that is wrong with them. @public */
export interface ReadOptions {
  /** A faulty or absent option has its default. */
  readonly values: OptionValues;
  readonly sources: Readonly<Record<OptionKey, OptionSource>>;
  readonly issues: readonly ValidationIssue[];
  /** What should be said once, for instance that a name has changed. */
  readonly notices: readonly string[];
}

type Option = OptionDeclaration & { readonly name: OptionName };

/**
 * Puts the options of a command together: what was set explicitly beats the environment (`VERAPIPE_…`), which beats
 * the defaults. Every fault is listed; nothing throws. Pure.
 *
 * Unknown names are faults, with the nearest known one. Empty environment variables count as absent, because CI
 * systems hand on variables that do not exist as empty text. A variable of a repeatable option is a JSON array, one item
 * a line, or items between commas; a list without items counts as absent too.
 *
 * @public
 */
export function readOptions(command: CommandName, settings: readonly Setting[], env: Env): ReadOptions {
  const issues: ValidationIssue[] = [];
  const notices: string[] = [];
  const known = optionsOf(command);
  const set = collectSettings(command, settings, issues, notices);
  reportUnknownVariables(env, issues);

  const values: Record<string, unknown> = {};
  const sources: Record<string, OptionSource> = {};
  for (const option of OPTION_TABLE) {
    const takes = known.includes(option);
    const texts = set.get(option.name) ?? (takes ? readVariable(option, env) : undefined);
    const source = set.has(option.name) ? 'setting' : texts === undefined ? 'default' : 'environment';
    const value = texts === undefined ? undefined : parseTexts(option, texts, issues);
    values[optionKey(option.name)] = value ?? (option.repeatable === true ? [] : (option.defaults?.[command] ?? option.default));
    sources[optionKey(option.name)] = source;
  }
  return {
    values: values as unknown as OptionValues,
    sources: sources as Record<OptionKey, OptionSource>,
    issues,
    notices,
  };
}

/** Value texts by option; with what they were written as, for messages. */
interface Texts {
  readonly values: readonly (string | null)[];
  readonly writtenAs: string;
}

function collectSettings(
  command: CommandName,
  settings: readonly Setting[],
  issues: ValidationIssue[],
  notices: string[],
): ReadonlyMap<OptionName, Texts> {
  const known = optionsOf(command);
  const set = new Map<OptionName, Texts>();
  for (const { name, value } of settings) {
    const resolved = resolveOptionName(name, command);
    if (resolved === undefined || !known.includes(resolved.option)) {
      issues.push(unknownSetting(name, known));
      continue;
    }
    const { option, negated, old } = resolved;
    if (old) notices.push(`"${shownText(name)}" is called "${option.name}" here.`);
    const text = option.type === 'boolean' ? booleanText(value, negated) : value;
    const earlier = set.get(option.name)?.values ?? [];
    set.set(option.name, { values: [...earlier, text], writtenAs: option.typedAs ?? optionKey(option.name) });
  }
  return set;
}

/** A switch that stands alone is on; `no-` turns its value round. */
function booleanText(value: string | null, negated: boolean): string {
  const text = value ?? 'true';
  return negated ? turnedBoolean(text) : text;
}

function unknownSetting(name: string, known: readonly Option[]): ValidationIssue {
  const got = 'an unknown option';
  const replacement = replacementOf(name);
  if (replacement !== undefined) return { path: shownText(name), got, wanted: replacement };
  const [near] = nearestNames(name, known.map((option) => option.typedAs ?? option.name), 1);
  return { path: shownText(name), got, wanted: near === undefined ? 'one of the options that --help lists' : `perhaps "${near}"` };
}

function reportUnknownVariables(env: Env, issues: ValidationIssue[]): void {
  const known = new Set(OPTION_TABLE.flatMap(variablesOf));
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(ENVIRONMENT_PREFIX) || known.has(name) || value === undefined || value === '') continue;
    const [near] = nearestNames(name.slice(ENVIRONMENT_PREFIX.length), [...known].map((other) => other.slice(ENVIRONMENT_PREFIX.length)), 1);
    const wanted = near === undefined ? 'a variable that --help lists' : `perhaps ${ENVIRONMENT_PREFIX}${near}`;
    issues.push({ path: name, got: 'an unknown variable', wanted });
  }
}

function variablesOf(option: Option): readonly string[] {
  const plain = environmentName(option.name);
  return option.type === 'boolean' && option.default === true ? [plain, environmentName(`no-${option.name}`)] : [plain];
}

function readVariable(option: Option, env: Env): Texts | undefined {
  for (const name of variablesOf(option)) {
    const text = env[name] ?? '';
    if (text.trim() === '') continue;
    if (option.repeatable === true) {
      const values = readList(text);
      if (values.length === 0) continue;
      return { values, writtenAs: name };
    }
    const negated = name !== environmentName(option.name);
    return { values: [option.type === 'boolean' ? booleanText(text, negated) : text], writtenAs: name };
  }
  return undefined;
}

/** One item a line; a single line is a JSON array, as inputs of GitLab hand lists on, or is split at commas. */
function readList(text: string): readonly string[] {
  const separator = /[\r\n]/u.test(text) ? /[\r\n]+/u : ',';
  return (readJsonList(text) ?? text.split(separator)).map((item) => item.trim()).filter((item) => item !== '');
}

/** Null for anything else: a pattern may begin with a bracket too. */
function readJsonList(text: string): readonly string[] | null {
  if (!text.trim().startsWith('[')) return null;
  try {
    const items: unknown = JSON.parse(text);
    const isList = Array.isArray(items) && items.every((item) => typeof item === 'string' || typeof item === 'number');
    return isList ? items.map(String) : null;
  } catch {
    return null;
  }
}

/** The option's value; undefined when it is faulty. */
function parseTexts(option: Option, { values, writtenAs }: Texts, issues: ValidationIssue[]): unknown {
  const items: (string | number | boolean)[] = [];
  // No choice holds a comma, so several may stand in one value.
  const texts = option.repeatable === true && option.type === 'choice' ? values.flatMap((text) => text?.split(',') ?? [text]) : values;
  for (const text of texts) {
    const parsed = text === null ? { wanted: `a value: ${option.placeholder ?? ''}` } : parseOptionValue(option, text);
    if ('value' in parsed) items.push(parsed.value);
    else issues.push({ path: writtenAs, got: describe(text), wanted: parsed.wanted });
  }
  if (option.repeatable === true) return items;
  if (values.length > 1) {
    issues.push({ path: writtenAs, got: `${String(values.length)} values`, wanted: 'one value' });
    return undefined;
  }
  return items[0];
}

function describe(text: string | null): string {
  return text === null || text.trim() === '' ? 'nothing' : `"${shownText(text)}"`;
}
