import { defaultSentence, environmentName, optionsOf, type CommandName, type OptionDeclaration } from '@verapipe/ci-kit';

import { type ComponentInput, ONE_LINE } from './component-input.js';

/**
 * Options that are no inputs: what the jobs decide themselves, what has no sense in a job, and what would leave the gate
 * job without anything to judge.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...['json', 'quiet', 'debug', 'color', 'output-dir', 'report', 'state', 'resume', 'plan', 'report-only', 'from'],
  ...['wait', 'profile', 'job-timeout', 'project-url', 'project-ref'],
  ...['on-outage', 'outage-owner', 'outage-reason', 'outage-since'],
]);

/** Inputs whose name means something else in GitLab. */
const INPUT_NAMES: Readonly<Record<string, string>> = { stage: 'development-stage' };

const SEVERITIES = ['Very High', 'High', 'Medium', 'Low', 'Very Low', 'Informational'];

/** An option of one or more commands as an input. */
export interface OptionInput extends ComponentInput {
  readonly option: OptionDeclaration;
  readonly variable: string;
}

/** The options of commands as inputs, each once, in the order of help texts. Pure. */
export function inputsOfCommands(commands: readonly CommandName[]): readonly OptionInput[] {
  const options = new Set(commands.flatMap((command) => optionsOf(command)));
  return [...options].filter(({ name }) => !LEFT_OUT.has(name)).map((option) => inputOf(option, commands));
}

/** Of several commands the first is the main one: what it requires is required. */
function inputOf(option: OptionDeclaration, commands: readonly CommandName[]): OptionInput {
  const [command] = commands;
  const { name, help, optionalIn = [] } = option;
  const isRequired = option.defaultText === 'required' && command !== undefined && option.commands.includes(command) && !optionalIn.includes(command);
  const { default: whenAbsent, ...form } = formOf(option);
  return {
    name: INPUT_NAMES[name] ?? name,
    ...form,
    ...(isRequired || whenAbsent === undefined ? {} : { default: whenAbsent }),
    description: isRequired ? help : `${help} ${defaultSentence(option, commands)}`,
    variable: environmentName(name),
    option,
  };
}

/**
 * An empty text counts as absent, so that the default stays with the command: a default that was said aloud could loosen
 * an organisation's floor.
 */
function formOf(option: OptionDeclaration): Pick<ComponentInput, 'type' | 'default' | 'options' | 'regex'> {
  const { type, choices = [], defaults } = option;
  if (option.repeatable === true) return { type: 'array', default: [] };
  switch (type) {
    case 'boolean':
      return defaults === undefined && option.default === false ? { type: 'boolean', default: false } : { type: 'string', default: '', options: ['', 'true', 'false'] };
    case 'integer':
      return typeof option.default === 'number' && defaults === undefined ? { type: 'number', default: option.default } : { type: 'string', default: '', regex: '^[0-9]*$' };
    case 'choice':
      return { type: 'string', default: '', options: ['', ...choices] };
    case 'severity':
      return { type: 'string', default: '', options: ['', ...SEVERITIES] };
    case 'text':
      return { type: 'string', default: '', regex: ONE_LINE };
  }
}
