import { commandLineName, environmentName, EXIT_CODES, OPTION_GROUPS, optionsOf, PLANNED_COMMANDS, SCAN_NAME_PLACEHOLDERS, type CommandName, type OptionDeclaration } from '@verapipe/ci-kit';
import { REPORT_FORMATS } from '@verapipe/reports';

/** What a command does, in the list of commands and above its options. */
export const COMMAND_SUMMARIES: Readonly<Record<CommandName, string>> = {
  scan: 'Upload artifacts, prescan, scan, wait, read the results and judge them.',
  wait: 'Go on with a scan that another run began: wait, read the results and judge them.',
  'pipeline-scan': 'Scan one artifact within minutes, without a trace on the platform, and judge the findings.',
  findings: 'List the findings of an application or a sandbox.',
  'sandbox list': 'List the sandboxes of an application.',
  'sandbox create': 'Make sure that an application has a sandbox.',
  'sandbox promote': 'Make the newest scan of a sandbox a policy scan.',
  'sandbox sweep': 'Remove sandboxes by age, name, or branches that are gone; without --apply only tell which.',
  'applications changed': 'List the applications whose policy was evaluated since a time, or since the last run.',
  gate: 'Evaluate the gates again over a file of findings; nothing is sent without --verify-platform.',
  report: 'Write reports of a file of findings in the formats of others; nothing is sent.',
  'baseline save': 'Keep the findings of a file, or with --app those of the platform, as a baseline.',
  'baseline compare': 'Tell which findings of a file are new, known and gone; new ones fail nothing.',
  lint: 'Tell what the platform would reject or scan badly in artifacts; nothing is sent.',
  'credentials status': 'Tell whether the credentials are accepted and when they end; --fail-below fails in time.',
  'credentials whoami': 'Tell whose credentials these are: kind of account, roles, teams.',
  'credentials rotate': 'Make a new pair, write it down, prove it, and only then put it in the place of the old one.',
  'credentials generate': 'Make the first pair of another account.',
  'credentials revoke': 'End a pair at once and for good.',
  'credentials create-service-account': 'Create an API service account with the least roles.',
  preflight: 'Look at all that a run would meet, from host names to roles, before it is due.',
  health: 'Tell whether the platform is well, and what its status page says is planned.',
  'credentials scan': 'Find Veracode credentials in a work tree and its pipelines; prints places, never values.',
  drill: 'End with an exit code, to prove that a pipeline fails; or find what swallows failures.',
  init: 'Write a first pipeline: preflight, scan, gate. Never overwrites.',
};

const USAGES: Readonly<Record<CommandName, string>> = {
  scan: 'verapipe scan --app NAME --file PATH… [options]',
  wait: 'verapipe wait [--state FILE] [options]',
  'pipeline-scan': 'verapipe pipeline-scan --file PATH [--app NAME --apply-mitigations] [options]',
  findings: 'verapipe findings --app NAME [--sandbox NAME] [options]',
  'sandbox list': 'verapipe sandbox list --app NAME [options]',
  'sandbox create': 'verapipe sandbox create --app NAME --sandbox NAME [options]',
  'sandbox promote': 'verapipe sandbox promote --app NAME --sandbox NAME [options]',
  'sandbox sweep': 'verapipe sandbox sweep --app NAME [--older-than DAYS] [--prefix TEXT] [--live-branches FILE] [options]',
  'applications changed': 'verapipe applications changed --since TIME [--cursor FILE] [options]',
  gate: 'verapipe gate [--from FILE] [options]',
  report: 'verapipe report [--from FILE] --report FORMAT=PATH… [options]',
  'baseline save': 'verapipe baseline save [--from FILE | --app NAME [--sandbox NAME]] --to FILE [options]',
  'baseline compare': 'verapipe baseline compare [--from FILE] --baseline FILE [options]',
  lint: 'verapipe lint --file PATH… [options]',
  'credentials status': 'verapipe credentials status [--fail-below DAYS] [--user NAME] [options]',
  'credentials whoami': 'verapipe credentials whoami [options]',
  'credentials rotate': 'verapipe credentials rotate (--to-profile NAME | --to-fd N | --to-command COMMAND | --show) (--yes | --user NAME) [options]',
  'credentials generate': 'verapipe credentials generate --user NAME (--to-profile NAME | --to-fd N | --to-command COMMAND | --show) [options]',
  'credentials revoke': 'verapipe credentials revoke --api-id ID --yes [options]',
  'credentials create-service-account': 'verapipe credentials create-service-account --name NAME --email ADDRESS (--for PURPOSE | --role ROLE…) [--team NAME…] [options]',
  preflight: 'verapipe preflight [--for COMMAND] [--app NAME] [--file PATH…] [--write] [--conformance] [options]',
  health: 'verapipe health [options]',
  'credentials scan': 'verapipe credentials scan [PATH…] [options]',
  drill: 'verapipe drill --exit CODE, or verapipe drill --lint PIPELINE_FILE [options]',
  init: 'verapipe init azure|gitlab|bitbucket|jenkins [options]',
};

const INDENT = '      ';
/** Names of commands stand in a column of this width. */
const WIDEST_NAME = 22;

/** Help without a command. */
export function renderGeneralHelp(): string {
  const codes = Object.entries(EXIT_CODES).map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}\n`);
  return [
    'Scan with Veracode from any CI system, with an exit code that can be trusted.\n\n',
    'Usage: verapipe COMMAND [options]\n\nCommands:\n',
    ...commandLines(Object.keys(COMMAND_SUMMARIES)),
    '\n`verapipe plan COMMAND …` says which calls a command would make, and makes none that changes anything.\n',
    '`verapipe COMMAND --help` lists the options of a command; `verapipe --version` tells the version.\n\n',
    'Credentials come from VERACODE_API_KEY_ID and VERACODE_API_KEY_SECRET, or from ~/.veracode/credentials;\n',
    'never from options, because argument lists are public.\n\nExit codes:\n',
    ...codes,
  ].join('');
}

/** Help for the commands that begin with the same word: `verapipe sandbox --help`. */
export function renderGroupHelp(group: string): string {
  const members = Object.keys(COMMAND_SUMMARIES).filter((name) => name.startsWith(`${group} `));
  return [`Usage: verapipe ${group} COMMAND [options]\n\nCommands:\n`, ...commandLines(members), `\n\`verapipe ${group} COMMAND --help\` lists the options of a command.\n`].join('');
}

/** Help for `verapipe plan`: the commands that it can stand before. */
export function renderPlanHelp(): string {
  return ['Usage: verapipe plan COMMAND [options]\n\nSays which calls the command would make, in order, as the platform is now; reads, changes nothing.\n\nCommands:\n', ...commandLines(PLANNED_COMMANDS)].join('');
}

function commandLines(names: readonly string[]): readonly string[] {
  const width = Math.min(WIDEST_NAME, Math.max(...names.map((name) => name.length))) + 2;
  const summaries: Readonly<Record<string, string>> = COMMAND_SUMMARIES;
  // A name that is longer than most stands on a line of its own.
  return names.map((name) => `  ${name.length > WIDEST_NAME ? `${name}\n  ${' '.repeat(width)}` : name.padEnd(width)}${summaries[name] ?? ''}\n`);
}

/** Help for one command: every option from the one table, with default and environment variable. */
export function renderCommandHelp(command: CommandName, width: number): string {
  const options = optionsOf(command);
  const groups = OPTION_GROUPS.flatMap((group) => {
    const members = options.filter((option) => option.group === group);
    return members.length === 0 ? [] : [`${group}:\n`, ...members.map((option) => renderOption(command, option, width)), '\n'];
  });
  return [
    `${COMMAND_SUMMARIES[command]}\n\nUsage: ${USAGES[command]}\n\n`,
    ...groups,
    command === 'scan' ? renderPlaceholders() : '',
    command === 'report' ? `Formats: ${REPORT_FORMATS.join(', ')}.\n\n` : '',
    'Switches take yes and no as well (--wait=no). A list in a variable has one item a line, or commas.\n',
  ].join('');
}

function renderOption(command: CommandName, option: OptionDeclaration, width: number): string {
  const value = option.type === 'boolean' ? '' : ` ${option.placeholder ?? option.type.toUpperCase()}`;
  const notes = [
    option.choices === undefined ? null : `One of: ${option.choices.join(', ')}.`,
    option.repeatable === true ? 'May be given several times.' : null,
    defaultNote(command, option),
    `Variable: ${environmentName(option.name)}.`,
  ].filter((note) => note !== null);
  const text = wrap(`${option.help} ${notes.join(' ')}`, Math.max(40, Math.min(width, 120) - INDENT.length));
  return `  ${commandLineName(option)}${value}\n${text.map((line) => `${INDENT}${line}\n`).join('')}`;
}

function defaultNote(command: CommandName, { type, default: general, defaults, defaultText, unit, optionalIn = [] }: OptionDeclaration): string | null {
  if (type === 'boolean' || optionalIn.includes(command)) return null;
  if (defaultText === 'required') return 'Required.';
  const value = defaults?.[command] ?? general;
  const text = defaultText ?? (value === null ? null : `${String(value)}${unit === undefined ? '' : ` ${unit}`}`);
  return text === null ? null : `Default: ${text}.`;
}

function renderPlaceholders(): string {
  const lines = Object.entries(SCAN_NAME_PLACEHOLDERS).map(([name, meaning]) => `  ${`{${name}}`.padEnd(12)}${meaning}\n`);
  return ['Placeholders of --scan-name:\n', ...lines, '\n'].join('');
}

function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
