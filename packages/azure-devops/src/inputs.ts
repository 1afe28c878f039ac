import { optionKey, readOptions, type OptionName, type ReadOptions, type Setting } from '@verapipe/ci-kit';
import { nearestNames, type Env, type ValidationIssue } from '@verapipe/core';

import { OLD_INPUTS } from './manifest/old-inputs.js';
import { OPTION_INPUTS } from './manifest/option-inputs.js';
import { CONNECTION, OWN_INPUTS, type OwnInput } from './manifest/own-inputs.js';
import { TASK_COMMANDS, TASK_COMMAND_WORDS, type TaskCommand } from './manifest/task-commands.js';

/** The inputs of one task, read. */
export interface TaskInputs {
  readonly command: TaskCommand;
  /** Holds every fault of the inputs, also of those that are no options. */
  readonly options: ReadOptions;
  /** Id of the service connection; null where none was given. */
  readonly connection: string | null;
  readonly onTimeout: 'fail' | 'warn';
  readonly artifactName: string | null;
}

/** What is read, besides the inputs. */
export interface InputSurroundings {
  /** For `VERAPIPE_…`, the options that an organisation sets as variables. */
  readonly env: Env;
  /** Settings that the task makes itself, beside those of the inputs. */
  readonly added: (command: TaskCommand) => readonly Setting[];
}

/** Variables that Azure did not replace, because nobody has set them: it leaves their names. */
const UNREPLACED = /\$\([\w. -]+\)/u;

/** Reads the inputs. Faults are values: unknown inputs, such of another command, words that mean nothing. Pure. */
export function readInputs(inputs: ReadonlyMap<string, string>, { env, added }: InputSurroundings): TaskInputs {
  const rest = new Map(inputs);
  const issues: ValidationIssue[] = [];
  const notices: string[] = [];
  const settings: Setting[] = [];

  function takeValue(name: string): string | null {
    const value = rest.get(name.toUpperCase()) ?? null;
    rest.delete(name.toUpperCase());
    if (value !== null && UNREPLACED.test(value)) issues.push({ path: name, got: `${JSON.stringify(value)}, in which Azure did not replace a variable`, wanted: 'a variable that has a value when the task runs' });
    return value;
  }
  function take({ name, words }: OwnInput): string | null {
    const value = takeValue(name)?.trim() ?? null;
    if (words === undefined || value === null) return value;
    const word = words.find((known) => known.toLowerCase() === value.toLowerCase()) ?? null;
    if (word === null) issues.push({ path: name, got: JSON.stringify(value), wanted: words.join(', ') });
    return word;
  }
  function takeBeside(input: OwnInput & { readonly commands: readonly TaskCommand[] }): string | null {
    if (rest.has(input.name.toUpperCase()) && !input.commands.includes(command)) issues.push(outOfPlace(input.name, input.commands, command));
    return take(input);
  }

  const commandWord = take(OWN_INPUTS.command);
  const command = TASK_COMMAND_WORDS.find((word) => word === commandWord) ?? 'scan';
  const connection = takeBeside(CONNECTION);
  const onTimeout = takeBeside(OWN_INPUTS.onTimeout) === 'warn' ? 'warn' : 'fail';
  const artifactName = takeBeside(OWN_INPUTS.artifactName);

  for (const { name, option, commands } of OPTION_INPUTS) {
    const value = takeValue(name);
    if (value === null) continue;
    if (commands.includes(command)) settings.push(...settingsOf(option.name, value));
    else issues.push(outOfPlace(name, commands, command));
  }
  for (const [name, old] of Object.entries(OLD_INPUTS)) {
    const value = takeValue(name);
    if (value === null) continue;
    if ('option' in old) {
      const isNegated = old.negated === true;
      settings.push(...settingsOf(old.option, isNegated ? turned(value) : value));
      notices.push(`The input ${name} of Veracode@3 is called ${optionKey(old.option)} here${isNegated ? ', and means the opposite' : ''}.`);
      if (old.option === 'scan-name') issues.push(...ownPlaceholders(name, value));
    } else if ('needless' in old && old.needless.some((word) => word.toLowerCase() === value.trim().toLowerCase())) {
      notices.push(`The input ${name} of Veracode@3 is not needed here.`);
    } else issues.push({ path: name, got: 'an input of Veracode@3 that this task has not', wanted: old.wanted });
  }
  for (const name of rest.keys()) issues.push(unknownInput(name.toLowerCase()));

  const read = readOptions(TASK_COMMANDS[command], [...settings, ...added(command)], env);
  return { command, connection, onTimeout, artifactName, options: { ...read, issues: [...issues, ...read.issues], notices: [...notices, ...read.notices] } };
}

/** Of a list one item a line: a comma may be part of a pattern. */
function settingsOf(name: OptionName, value: string): readonly Setting[] {
  const isList = OPTION_INPUTS.some(({ option }) => option.name === name && option.repeatable === true);
  const items = isList ? value.split(/[\r\n]+/u) : [value];
  return items.map((item) => ({ name, value: item.trim() })).filter((item) => item.value !== '');
}

/** What is neither stays, and is a fault of the option. */
function turned(value: string): string {
  const word = value.trim().toLowerCase();
  return word === 'true' ? 'false' : word === 'false' ? 'true' : value;
}

/** `Veracode@3` filled these in itself. */
function ownPlaceholders(name: string, value: string): readonly ValidationIssue[] {
  return /\$(?:buildnumber|projectname)/iu.test(value) ? [{ path: name, got: JSON.stringify(value), wanted: '$(Build.BuildNumber) and $(System.TeamProject), which Azure fills in; or scanName with its own placeholders' }] : [];
}

function outOfPlace(path: string, commands: readonly TaskCommand[], command: TaskCommand): ValidationIssue {
  return { path, got: `an input of ${commands.join(', ')}`, wanted: `nothing beside command: ${command}` };
}

function unknownInput(path: string): ValidationIssue {
  const names = [CONNECTION, ...Object.values(OWN_INPUTS), ...OPTION_INPUTS].map(({ name }) => name);
  const [near] = nearestNames(path, names.map((name) => name.toLowerCase()), 1);
  const found = names.find((name) => name.toLowerCase() === near);
  return { path, got: 'an unknown input', wanted: found === undefined ? 'one of the inputs of the task' : `perhaps ${found}` };
}
