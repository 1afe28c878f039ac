import { commandLineName, environmentName, EXIT_CODES, OPTION_GROUPS, optionsOf, SCAN_NAME_PLACEHOLDERS, type CommandName, type OptionDeclaration } from '@verapipe/ci-kit';

/** What a command does, in the list of commands and above its options. */
export const COMMAND_SUMMARIES: Readonly<Record<CommandName, string>> = {
  scan: 'Upload artifacts, prescan, scan, wait, read the results and judge them.',
  wait: 'Go on with a scan that another run began: wait, read the results and judge them.',
};

const USAGES: Readonly<Record<CommandName, string>> = {
  scan: 'verapipe scan --app NAME --file PATH… [options]',
  wait: 'verapipe wait [--state FILE] [options]',
};

const INDENT = '      ';

/** Help without a command. */
export function renderGeneralHelp(): string {
  const commands = Object.entries(COMMAND_SUMMARIES).map(([name, summary]) => `  ${name.padEnd(6)}${summary}\n`);
  const codes = Object.entries(EXIT_CODES).map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}\n`);
  return [
    'Scan with Veracode from any CI system, with an exit code that can be trusted.\n\n',
    'Usage: verapipe COMMAND [options]\n\nCommands:\n',
    ...commands,
    '\n`verapipe COMMAND --help` lists the options of a command; `verapipe --version` tells the version.\n\n',
    'Credentials come from VERACODE_API_KEY_ID and VERACODE_API_KEY_SECRET, or from ~/.veracode/credentials;\n',
    'never from options, because argument lists are public.\n\nExit codes:\n',
    ...codes,
  ].join('');
}

/** Help for one command: every option from the one table, with default and environment variable. */
export function renderCommandHelp(command: CommandName, width: number): string {
  const options = optionsOf(command);
  const groups = OPTION_GROUPS.flatMap((group) => {
    const members = options.filter((option) => option.group === group);
    return members.length === 0 ? [] : [`${group}:\n`, ...members.map((option) => renderOption(option, width)), '\n'];
  });
  return [
    `${COMMAND_SUMMARIES[command]}\n\nUsage: ${USAGES[command]}\n\n`,
    ...groups,
    command === 'scan' ? renderPlaceholders() : '',
    'Switches take yes and no as well (--wait=no). A list in a variable has one item a line, or commas.\n',
  ].join('');
}

function renderOption(option: OptionDeclaration, width: number): string {
  const value = option.type === 'boolean' ? '' : ` ${option.placeholder ?? option.type.toUpperCase()}`;
  const notes = [
    option.choices === undefined ? null : `One of: ${option.choices.join(', ')}.`,
    option.repeatable === true ? 'May be given several times.' : null,
    defaultNote(option),
    `Variable: ${environmentName(option.name)}.`,
  ].filter((note) => note !== null);
  const text = wrap(`${option.help} ${notes.join(' ')}`, Math.max(40, Math.min(width, 120) - INDENT.length));
  return `  ${commandLineName(option)}${value}\n${text.map((line) => `${INDENT}${line}\n`).join('')}`;
}

function defaultNote({ type, default: value, defaultText, unit }: OptionDeclaration): string | null {
  if (type === 'boolean') return null;
  if (defaultText === 'required') return 'Required.';
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
