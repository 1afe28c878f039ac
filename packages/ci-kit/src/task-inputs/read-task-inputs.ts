import { nearestNames, type Env, type ValidationIssue } from '@verapipe/core';

import { optionKey } from '../options/option-names.js';
import { OPTION_TABLE, type OptionName } from '../options/option-table.js';
import { turnedBoolean } from '../options/parse-boolean.js';
import { readOptions, type ReadOptions, type Setting } from '../options/read-options.js';
import type { InputTable, OldInput, OwnInput } from './input-table.js';

/** The inputs of one task, read. @public */
export interface TaskInputs<Word extends string, Own extends string> {
  readonly command: Word;
  /** Null for those that were not given, or say nothing that they can say. */
  readonly own: Readonly<Record<Own, string | null>>;
  /** Holds every fault of the inputs, also of those that are no options. */
  readonly options: ReadOptions;
}

/** What is read, besides the inputs. @public */
export interface InputSurroundings<Word extends string> {
  /** For `VERAPIPE_…`, the options that an organisation sets as variables. */
  readonly env: Env;
  /** Settings that the task makes itself, beside those of inputs and variables. */
  readonly added: (command: Word) => readonly AddedSetting[];
}

/** A sound setting of an option that can be given several times, or of one that nobody else gives. @public */
export interface AddedSetting {
  readonly name: OptionName;
  readonly value: string;
}

/** What was read so far; each input is taken out of `rest`, and what stays there is unknown. */
interface Reading {
  readonly rest: Map<string, string>;
  readonly issues: ValidationIssue[];
  readonly notices: string[];
  readonly settings: Setting[];
}

/**
 * Reads the inputs of a CI system's task. Faults are values: unknown inputs, such of another command, words that mean nothing,
 * variables that have no value. Names of another task are taken where they mean the same, and said once. Pure.
 *
 * @param inputs - by name in capitals; empty ones are absent
 * @public
 */
export function readTaskInputs<Word extends string, Own extends string>(table: InputTable<Word, Own>, inputs: ReadonlyMap<string, string>, { env, added }: InputSurroundings<Word>): TaskInputs<Word, Own> {
  const reading: Reading = { rest: new Map(inputs), issues: [], notices: [], settings: [] };
  const { issues, notices, settings } = reading;
  const take = (name: string): string | null => takeValue(name, table.unreplaced, reading);

  const { command: commandInput, ...others }: Readonly<Record<string, OwnInput<Word>>> & { readonly command: OwnInput<Word> } = table.own;
  const command = (oneOf(commandInput, take('command'), issues) ?? table.defaultCommand) as Word;
  const own = Object.entries<OwnInput<Word>>(others).map(([key, input]) => {
    const value = take(input.name);
    if (value !== null && input.commands?.includes(command) === false) issues.push(outOfPlace(input.name, input.commands, command));
    return [key, oneOf(input, value, issues)] as const;
  });
  for (const { name, option, commands } of table.options) {
    const value = take(name);
    if (value === null) continue;
    if (commands.includes(command)) settings.push(...settingsOf(option.name, value));
    else issues.push(outOfPlace(name, commands, command));
  }
  for (const [name, old] of Object.entries(table.old.inputs)) {
    const value = take(name);
    if (value !== null) readOldInput(name, value, { old, task: table.old.task, reading });
  }
  for (const name of reading.rest.keys()) issues.push(unknownInput(name.toLowerCase(), [...Object.values<OwnInput<Word>>(table.own), ...table.options].map((input) => input.name)));

  const given = readOptions(table.commands[command], settings, env);
  const { values, sources } = readOptions(table.commands[command], [...settings, ...besideVariables(added(command), given)], env);
  return { command, own: Object.fromEntries(own) as Record<Own, string | null>, options: { values, sources, issues: [...issues, ...given.issues], notices: [...notices, ...given.notices] } };
}

function takeValue(name: string, { by, pattern }: InputTable<string, string>['unreplaced'], { rest, issues }: Reading): string | null {
  const value = rest.get(name.toUpperCase()) ?? null;
  rest.delete(name.toUpperCase());
  if (value !== null && pattern.test(value)) issues.push({ path: name, got: `${JSON.stringify(value)}, in which ${by} did not replace a variable`, wanted: 'a variable that has a value when the task runs' });
  return value;
}

/** The word as the table spells it. */
function oneOf({ name, words, refused }: OwnInput<string>, text: string | null, issues: ValidationIssue[]): string | null {
  const value = text?.trim() ?? null;
  if (value !== null && refused?.pattern.test(value) === true) issues.push({ path: name, got: JSON.stringify(value), wanted: refused.wanted });
  if (words === undefined || value === null) return value;
  const word = words.find((known) => known.toLowerCase() === value.toLowerCase()) ?? null;
  if (word === null) issues.push({ path: name, got: JSON.stringify(value), wanted: words.join(', ') });
  return word;
}

function readOldInput(name: string, value: string, { old, task, reading: { issues, notices, settings } }: { readonly old: OldInput; readonly task: string; readonly reading: Reading }): void {
  if ('option' in old) {
    const isNegated = old.negated === true;
    settings.push(...settingsOf(old.option, isNegated ? turnedBoolean(value) : value));
    notices.push(`The input ${name} of ${task} is called ${optionKey(old.option)} here${isNegated ? ', and means the opposite' : ''}.`);
    if (old.refused?.pattern.test(value) === true) issues.push({ path: name, got: JSON.stringify(value), wanted: old.refused.wanted });
  } else if ('needless' in old && old.needless.some((word) => word.toLowerCase() === value.trim().toLowerCase())) {
    notices.push(`The input ${name} of ${task} is not needed here.`);
  } else issues.push({ path: name, got: `an input of ${task} that this task has not`, wanted: old.wanted });
}

/** A setting takes the place of a variable: the items that a variable has of the same list come before it. */
function besideVariables(added: readonly AddedSetting[], { values, sources }: ReadOptions): readonly Setting[] {
  const names = [...new Set(added.map(({ name }) => name))];
  const kept = names.flatMap((name) => {
    const items = values[optionKey(name)];
    return sources[optionKey(name)] === 'environment' && Array.isArray(items) ? items.map((item) => ({ name, value: String(item) })) : [];
  });
  return [...kept, ...added];
}

/** Of a list one item a line: a comma may be part of a pattern. */
function settingsOf(name: OptionName, value: string): readonly Setting[] {
  const isList = OPTION_TABLE.some((option) => option.name === name && option.repeatable === true);
  const items = isList ? value.split(/[\r\n]+/u) : [value];
  return items.map((item) => ({ name, value: item.trim() })).filter((item) => item.value !== '');
}

function outOfPlace(path: string, commands: readonly string[], command: string): ValidationIssue {
  return { path, got: `an input of ${commands.join(', ')}`, wanted: `nothing beside command: ${command}` };
}

function unknownInput(path: string, names: readonly string[]): ValidationIssue {
  const [near] = nearestNames(path, names.map((name) => name.toLowerCase()), 1);
  const found = names.find((name) => name.toLowerCase() === near);
  return { path, got: 'an unknown input', wanted: found === undefined ? 'one of the inputs of the task' : `perhaps ${found}` };
}
