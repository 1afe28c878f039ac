import { OPTION_TABLE, type OptionKey, type OptionName } from './option-table.js';
import type { CommandName, OptionDeclaration } from './option.js';

/** Prefix of every environment variable that is an option. @public */
export const ENVIRONMENT_PREFIX = 'VERAPIPE_';

/** `poll-interval` → `pollInterval`. @public */
export function optionKey(name: OptionName): OptionKey {
  return name.replace(/-([a-z])/gu, (_match, letter: string) => letter.toUpperCase()) as OptionKey;
}

/** `poll-interval` → `VERAPIPE_POLL_INTERVAL`. @public */
export function environmentName(name: string): string {
  return ENVIRONMENT_PREFIX + name.replaceAll('-', '_').toUpperCase();
}

/** How people type an option: a switch that is on by default is typed to turn it off. @public */
export function commandLineName(option: OptionDeclaration): string {
  const typed = option.typedAs ?? option.name;
  return option.type === 'boolean' && option.default === true ? `--no-${typed}` : `--${typed}`;
}

/** The options of one command. @public */
export function optionsOf(command: CommandName): readonly (OptionDeclaration & { readonly name: OptionName })[] {
  return OPTION_TABLE.filter((option) => option.commands.includes(command));
}

/** The option whose values stand in a command without its name, for instance the paths of `credentials scan`. @public */
export function positionalOption(command: CommandName): (OptionDeclaration & { readonly name: OptionName }) | undefined {
  return optionsOf(command).find(({ positionalIn = [] }) => positionalIn.includes(command));
}

/** What a written name stands for. @public */
export interface ResolvedName {
  readonly option: OptionDeclaration & { readonly name: OptionName };
  /** `--no-wait` and its kin. */
  readonly negated: boolean;
  /** True when it was written otherwise than today, as another tool does. */
  readonly old: boolean;
}

/**
 * Finds the option that a name means: its own name, `no-` and the name of a switch, another spelling of these
 * (`createProfile`), or the name that another tool has for it (`appname`).
 *
 * @param name - without leading dashes
 * @param command - its own options come first: two commands may type different options alike
 * @public
 */
export function resolveOptionName(name: string, command?: CommandName): ResolvedName | undefined {
  const own = command === undefined ? undefined : resolveAmong(optionsOf(command), name);
  return own ?? resolveAmong(OPTION_TABLE, name);
}

function resolveAmong(options: typeof OPTION_TABLE, name: string): ResolvedName | undefined {
  const written = plain(name);
  for (const option of options) {
    if (name === (option.typedAs ?? option.name)) return { option, negated: false, old: false };
    if (option.type === 'boolean' && name === `no-${option.name}`) return { option, negated: true, old: false };
  }
  for (const option of options) {
    const names = [option.name, ...(option.oldNames ?? [])];
    if (names.some((known) => plain(known) === written)) return { option, negated: false, old: true };
  }
  return undefined;
}

/** Names differ in case and in marks between words only. */
function plain(name: string): string {
  return name.replace(/[^a-z0-9]/giu, '').toLowerCase();
}
