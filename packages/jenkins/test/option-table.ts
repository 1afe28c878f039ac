import { environmentName, EXIT_CODES, OPTION_TABLE, optionKey, optionsOf, type CommandName } from '@verapipe/ci-kit';
import { readFileSync } from 'node:fs';

/** The commands that are steps of the library. */
export const STEP_COMMANDS = ['scan', 'pipeline-scan', 'gate', 'preflight'] as const satisfies readonly CommandName[];

/** The version that the library and the command line are released with. */
export const VERSION = (JSON.parse(readFileSync(new URL('../node_modules/verapipe/package.json', import.meta.url), 'utf8')) as { readonly version: string }).version;

/** The source of `OptionTable.groovy`: the library has no list of options of its own. Pure. */
export function renderOptionTable(): string {
  const used = OPTION_TABLE.filter(({ commands }) => STEP_COMMANDS.some((command) => commands.includes(command)));
  const keys = (command: CommandName): string => groovyList(optionsOf(command).map(({ name }) => optionKey(name)), 12);
  const oldNames = used.flatMap(({ name, oldNames: old = [] }) => old.map((other) => `${plain(other)}: ${quoted(optionKey(name))}`));
  return `package verapipe.jenkins

/**
 * What the command line takes and how it ends. Made from its own option table, and never edited by hand:
 * UPDATE_OPTION_TABLE=1 pnpm test option-table
 */
class OptionTable implements Serializable {

    private static final long serialVersionUID = 1

    /** Of the command line that these options are of. */
    static final String VERSION = ${quoted(VERSION)}

    /** The options of each command, by their parameter. */
    static final Map<String, List<String>> COMMANDS = [
${STEP_COMMANDS.map((command) => `        ${quoted(command)}: ${keys(command)},`).join('\n')}
    ]

    /** The environment variable of each option. */
    static final Map<String, String> VARIABLES = [
${used.map(({ name }) => `        ${optionKey(name)}: ${quoted(environmentName(name))},`).join('\n')}
    ]

    /** Options that take a list. */
    static final List<String> LISTS = ${groovyList(used.filter(({ repeatable }) => repeatable).map(({ name }) => optionKey(name)), 8)}

    /** What other tools call an option, in lower case and without marks. */
    static final Map<String, String> OLD_NAMES = [
${oldNames.map((line) => `        ${line},`).join('\n')}
    ]

    static final Map<Integer, String> EXIT_CODES = [
${Object.entries(EXIT_CODES).map(([code, meaning]) => `        (${code}): ${quoted(meaning)},`).join('\n')}
    ]

}
`;
}

function groovyList(words: readonly string[], indent: number): string {
  const lines: string[] = [];
  for (const word of words.map(quoted)) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + word.length < 118) lines[lines.length - 1] = `${last} ${word},`;
    else lines.push(`${word},`);
  }
  const pad = ' '.repeat(indent);
  return `[\n${lines.map((line) => `${pad}${line}\n`).join('')}${pad.slice(4)}]`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}

function plain(name: string): string {
  return name.replace(/[^a-z0-9]/giu, '').toLowerCase();
}
