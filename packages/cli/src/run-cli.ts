import { shownText, type CommandName } from '@verapipe/ci-kit';
import { nearestNames } from '@verapipe/core';

import type { CliInput } from './cli-input.js';
import type { RunCommand } from './commands/run-command.js';
import type { TaskCommand } from './commands/task-command.js';
import { renderGeneralHelp, renderGroupHelp, renderPlanHelp } from './output/render-help.js';

/** Commands load when they are called: each brings its libraries with it. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<RunCommand | TaskCommand>>> = {
  scan: async () => (await import('./commands/scan.js')).scan,
  wait: async () => (await import('./commands/wait.js')).wait,
  'pipeline-scan': async () => (await import('./commands/pipeline-scan.js')).pipelineScan,
  findings: async () => (await import('./commands/findings.js')).findings,
  'sandbox list': async () => (await import('./commands/sandbox-list.js')).sandboxList,
  'sandbox create': async () => (await import('./commands/sandbox-create.js')).sandboxCreate,
  'sandbox promote': async () => (await import('./commands/sandbox-promote.js')).sandboxPromote,
  'sandbox sweep': async () => (await import('./commands/sandbox-sweep.js')).sandboxSweep,
  'applications changed': async () => (await import('./commands/changed-applications.js')).changedApplications,
  gate: async () => (await import('./commands/gate.js')).gate,
  report: async () => (await import('./commands/report.js')).report,
  'baseline save': async () => (await import('./commands/baseline-save.js')).baselineSave,
  'credentials status': async () => (await import('./commands/credentials.js')).credentialsStatus,
  'credentials whoami': async () => (await import('./commands/credentials.js')).credentialsWhoami,
  'credentials rotate': async () => (await import('./commands/credentials.js')).credentialsRotate,
  'credentials generate': async () => (await import('./commands/credentials.js')).credentialsGenerate,
  'credentials revoke': async () => (await import('./commands/credentials.js')).credentialsRevoke,
  'credentials create-service-account': async () => (await import('./commands/credentials.js')).createServiceAccount,
  'baseline compare': async () => (await import('./commands/baseline-compare.js')).baselineCompare,
  lint: async () => (await import('./commands/lint.js')).lint,
  preflight: async () => (await import('./commands/preflight.js')).preflight,
  health: async () => (await import('./commands/health.js')).health,
  'credentials scan': async () => (await import('./commands/credentials-scan.js')).credentialsScan,
  drill: async () => (await import('./commands/drill.js')).drill,
  init: async () => (await import('./commands/init.js')).init,
};

/** Stands before a command that is only to say what it would do. */
const PLAN = 'plan';

/**
 * The whole CLI but for the process around it.
 *
 * @returns the exit code
 */
export async function runCli(cli: CliInput): Promise<number> {
  const { args } = cli;
  const [first = '--help', ...rest] = args;
  if (first === '--help' || first === '-h' || first === 'help') {
    const topic = rest.length === 0 ? undefined : commandOf(rest);
    if (topic !== undefined) return runNamed(topic.name, ['--help'], cli);
    const isAsked = args.length > 0;
    (isAsked ? cli.stdout : cli.stderr).write(renderGeneralHelp());
    return isAsked ? 0 : 2;
  }
  const command = commandOf(args);
  if (command !== undefined) return runNamed(command.name, command.rest, cli);
  if (first === PLAN) return runPlanned(rest, cli);
  const [second = ''] = rest;
  const members = Object.keys(COMMANDS).filter((name) => name.startsWith(`${first} `));
  if (members.length > 0 && ['--help', '-h'].includes(second)) {
    cli.stdout.write(renderGroupHelp(first));
    return 0;
  }
  cli.stderr.write(members.length > 0 ? renderUnfinishedCommand(first, second, members) : renderUnknownCommand(first));
  return 2;
}

/** `verapipe plan COMMAND …` is `verapipe COMMAND … --plan`. */
async function runPlanned(args: readonly string[], cli: CliInput): Promise<number> {
  const command = commandOf(args);
  if (command !== undefined) return runNamed(command.name, [...command.rest, '--plan'], cli);
  const isAsked = args[0] === '--help' || args[0] === '-h';
  (isAsked ? cli.stdout : cli.stderr).write(renderPlanHelp());
  return isAsked ? 0 : 2;
}

/** The command that the arguments begin with: one word, or two. */
function commandOf([first = '', ...rest]: readonly string[]): { readonly name: CommandName; readonly rest: readonly string[] } | undefined {
  if (isCommand(first)) return { name: first, rest };
  const both = `${first} ${rest[0] ?? ''}`;
  return isCommand(both) ? { name: both, rest: rest.slice(1) } : undefined;
}

async function runNamed(name: CommandName, args: readonly string[], cli: CliInput): Promise<number> {
  const command = await COMMANDS[name]();
  if (command.kind === 'task') return (await import('./commands/task-command.js')).runTaskCommand(command, args, cli);
  return (await import('./commands/run-command.js')).runCommand(command, args, cli);
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

function renderUnfinishedCommand(first: string, second: string, members: readonly string[]): string {
  const got = second === '' || second.startsWith('-') ? `\`verapipe ${first}\` needs to know what to do` : `there is no command ${JSON.stringify(shownText(`${first} ${second}`))}`;
  return `Error: ${got}: ${listed(members)}. \`verapipe ${first} --help\` tells more.\n`;
}

function renderUnknownCommand(name: string): string {
  const known = [...Object.keys(COMMANDS), PLAN];
  if (name.startsWith('-')) return `Error: ${JSON.stringify(shownText(name))} stands before a command. The command comes first: verapipe scan …\n`;
  const [near] = nearestNames(name, known, 1);
  const hint = near === undefined ? `The commands are ${listed(known)}.` : `Did you mean ${near}?`;
  return `Error: there is no command ${JSON.stringify(shownText(name))}. ${hint} \`verapipe --help\` tells more.\n`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
