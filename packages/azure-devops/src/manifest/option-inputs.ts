import { optionKey, optionsOf, type OptionInput, type OptionName } from '@verapipe/ci-kit';

import { TASK_COMMAND_WORDS, TASK_COMMANDS, type TaskCommand } from './task-commands.js';

/**
 * Options that are no inputs: what a log cannot show otherwise, what `System.Debug` says, files of the machine's user, and
 * plans, which are for people at a terminal.
 */
const LEFT_OUT: ReadonlySet<OptionName> = new Set<OptionName>(['json', 'quiet', 'debug', 'color', 'profile', 'plan']);

/** Every option of the task's commands as an input, each once, in the order of help texts. */
export const OPTION_INPUTS: readonly OptionInput<TaskCommand>[] = inputsOfCommands();

function inputsOfCommands(): readonly OptionInput<TaskCommand>[] {
  const commandsOf = new Map<OptionInput<TaskCommand>['option'], TaskCommand[]>();
  for (const word of TASK_COMMAND_WORDS) {
    for (const option of optionsOf(TASK_COMMANDS[word])) {
      if (!LEFT_OUT.has(option.name)) commandsOf.set(option, [...(commandsOf.get(option) ?? []), word]);
    }
  }
  return [...commandsOf].map(([option, commands]) => ({ name: optionKey(option.name), option, commands }));
}
