import { defaultSentence, OPTION_GROUPS, OPTION_TABLE, optionKey, type OptionDeclaration, type OptionGroup, type OldInput, type OptionInput } from '@verapipe/ci-kit';
import { SEVERITIES, severityName } from '@verapipe/core';

import { OLD_INPUTS } from './old-inputs.js';
import { OPTION_INPUTS } from './option-inputs.js';
import { CONNECTION, OWN_INPUTS, type ShownInput } from './own-inputs.js';
import { TASK_COMMANDS, TASK_COMMAND_WORDS, type TaskCommand } from './task-commands.js';
import type { Variant } from './variant.js';

/** One entry of `inputs` in the manifest of a task. @see github.com/microsoft/azure-pipelines-task-lib, tasks.schema.json */
export interface ManifestInput {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly required?: boolean;
  readonly defaultValue?: string;
  readonly groupName?: string;
  readonly visibleRule?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, string>>;
  readonly helpMarkDown: string;
}

/** A heading of the form. */
export interface ManifestGroup {
  readonly name: string;
  readonly displayName: string;
  readonly isExpanded: boolean;
}

const OLD_GROUP: ManifestGroup = { name: 'oldInputs', displayName: 'Inputs of Veracode@3', isExpanded: false };

/** The headings of the form, in the order of help texts. */
export const MANIFEST_GROUPS: readonly ManifestGroup[] = [
  ...OPTION_GROUPS.filter((group) => OPTION_INPUTS.some(({ option }) => option.group === group)).map((group) => ({ name: groupName(group), displayName: group, isExpanded: group === 'What to scan' })),
  OLD_GROUP,
];

/** Every input of the task. Nothing has a default beside the command: said aloud, a default could loosen an organisation's floor. Pure. */
export function manifestInputs({ connectionType }: Variant): readonly ManifestInput[] {
  const { command, onTimeout, artifactName } = OWN_INPUTS;
  return [
    { ...ownInput(command), required: true },
    { ...ownInput(CONNECTION), type: `connectedService:${connectionType}` },
    ...OPTION_INPUTS.map(optionInput),
    { ...ownInput(onTimeout), groupName: groupName('The run') },
    { ...ownInput(artifactName), groupName: groupName('Output') },
    ...Object.entries(OLD_INPUTS).map(([name, old]) => ({
      name,
      label: name,
      type: 'option' in old && old.option === 'file' ? 'multiLine' : 'string',
      groupName: OLD_GROUP.name,
      // No form shows it; a pipeline that comes from the other task may still say it.
      visibleRule: 'command = oldInputs',
      helpMarkDown: oldHelp(old),
    })),
  ];
}

function oldHelp(old: OldInput): string {
  if ('option' in old) return `Deprecated: use ${optionKey(old.option)}${old.negated === true ? ', which means the opposite' : ''}.`;
  const instead = `Not an input of this task: use ${old.wanted}.`;
  return 'needless' in old ? `Deprecated, and not needed: ${old.needless.map((word) => `\`${word}\``).join(', ')} is how it always is. Another value is a fault: use ${old.wanted}.` : instead;
}

function ownInput({ name, label, help, words, default: whenAbsent, commands }: ShownInput): ManifestInput {
  return {
    name,
    label,
    ...(words === undefined ? { type: 'string' } : { type: 'pickList', options: Object.fromEntries(words.map((word) => [word, word])) }),
    ...(whenAbsent === undefined ? {} : { defaultValue: whenAbsent }),
    ...visibility(commands),
    helpMarkDown: help,
  };
}

function optionInput({ name, option, commands }: OptionInput<TaskCommand>): ManifestInput {
  return {
    name,
    label: labelOf(option.name),
    ...formOf(option),
    groupName: groupName(option.group),
    ...visibility(commands),
    helpMarkDown: inputsInstead(`${option.help} ${defaultSentence(option, commands.map((word) => TASK_COMMANDS[word]))}`),
  };
}

/** A switch without a default is absent as long as nobody touches it; where a command turns it on, three words are needed. */
function formOf(option: OptionDeclaration): Pick<ManifestInput, 'type' | 'options' | 'properties'> {
  const { type, choices = [], defaults } = option;
  if (option.repeatable === true) return { type: 'multiLine' };
  if (type === 'boolean' && option.default === false && defaults === undefined) return { type: 'boolean' };
  const words = type === 'boolean' ? ['true', 'false'] : type === 'choice' ? choices : type === 'severity' ? SEVERITIES.map(severityName) : null;
  if (words === null) return { type: 'string' };
  // Editable, so that a variable can stand in its place.
  return { type: 'pickList', options: Object.fromEntries(words.map((word) => [word, word])), properties: { EditableOptions: 'True' } };
}

function visibility(commands: readonly TaskCommand[] = TASK_COMMAND_WORDS): Pick<ManifestInput, 'visibleRule'> {
  return commands.length === TASK_COMMAND_WORDS.length ? {} : { visibleRule: commands.map((word) => `command = ${word}`).join(' || ') };
}

/** `fail-on-severity`: Fail on severity. */
function labelOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function groupName(group: OptionGroup): string {
  return group.replace(/ ([a-z])/gu, (_match, letter: string) => letter.toUpperCase()).replace(/^./u, (letter) => letter.toLowerCase());
}

/** Help texts name options as they are typed. */
function inputsInstead(help: string): string {
  return help.replace(/--(no-)?([a-z]+(?:-[a-z]+)*)/gu, (typed: string, negation: string | undefined, name: string) => {
    const option = OPTION_TABLE.find((known) => known.name === name);
    return option === undefined ? typed : `${optionKey(option.name)}${negation === undefined ? '' : ': false'}`;
  });
}
