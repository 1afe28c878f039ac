import type { CommandName } from '@verapipe/ci-kit';
import { nearestNames } from '@verapipe/core';

import type { CliInput } from './cli-input.js';
import type { Command } from './commands/run-command.js';
import { renderGeneralHelp } from './output/render-help.js';

/** Commands load when they are called: each brings its libraries with it. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  scan: async () => (await import('./commands/scan.js')).scan,
  wait: async () => (await import('./commands/wait.js')).wait,
};

/**
 * The whole CLI but for the process around it.
 *
 * @returns the exit code
 */
export async function runCli(cli: CliInput): Promise<number> {
  const [name = '--help', ...rest] = cli.args;
  if (name === '--help' || name === '-h' || name === 'help') {
    const [topic = ''] = rest;
    if (isCommand(topic)) return runNamed(topic, ['--help'], cli);
    const isAsked = cli.args.length > 0;
    (isAsked ? cli.stdout : cli.stderr).write(renderGeneralHelp());
    return isAsked ? 0 : 2;
  }
  if (isCommand(name)) return runNamed(name, rest, cli);
  cli.stderr.write(renderUnknownCommand(name));
  return 2;
}

async function runNamed(name: CommandName, args: readonly string[], cli: CliInput): Promise<number> {
  const { runCommand } = await import('./commands/run-command.js');
  return runCommand(await COMMANDS[name](), args, cli);
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

function renderUnknownCommand(name: string): string {
  const known = Object.keys(COMMANDS);
  if (name.startsWith('-')) return `Error: ${JSON.stringify(shorten(name))} stands before a command. The command comes first: verapipe scan … or verapipe wait …\n`;
  const [near] = nearestNames(name, known, 1);
  const hint = near === undefined ? `The commands are ${known.join(' and ')}.` : `Did you mean ${near}?`;
  return `Error: there is no command ${JSON.stringify(shorten(name))}. ${hint} \`verapipe --help\` tells more.\n`;
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
