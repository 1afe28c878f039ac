import { parseBoolean, positionalOption, resolveOptionName, shownText, type CommandName, type Setting } from '@verapipe/ci-kit';
import type { ValidationIssue } from '@verapipe/core';

/** The arguments of one command, taken apart. */
export interface ParsedArguments {
  readonly settings: readonly Setting[];
  /** True when help is wanted, whatever else stands there. */
  readonly help: boolean;
  readonly issues: readonly ValidationIssue[];
}

/**
 * Takes a command line apart along the option table. Judges nothing: names and values are judged by `readOptions`, all
 * of them, so that a user sees every fault at once. (Argument parsers stop at the first one.)
 *
 * `--name value` and `--name=value` are the same. A value may begin with one dash, not with two: `--file=--odd.jar`. A
 * repeatable option takes all values that follow it, as shells expand patterns to several words. Names of other tools
 * (`-appname`) are read as well. Words without a name belong to the command's positional option, where it has one;
 * after `--` all words do. Pure.
 */
export function parseArguments(command: CommandName, args: readonly string[]): ParsedArguments {
  const settings: Setting[] = [];
  const issues: ValidationIssue[] = [];
  let help = false;
  const positional = positionalOption(command)?.name;
  let onlyWords = false;
  let index = 0;
  while (index < args.length) {
    const argument = args[index] ?? '';
    index += 1;
    if (positional !== undefined && (onlyWords || argument === '--' || !argument.startsWith('-'))) {
      if (!onlyWords && argument === '--') onlyWords = true;
      else settings.push({ name: positional, value: argument });
      continue;
    }
    if (argument === '--help' || argument === '-h') {
      help = true;
      continue;
    }
    const written = /^--?([^=]+)(?:=(.*))?$/su.exec(argument);
    if (written === null) {
      issues.push(strayArgument(command, argument));
      continue;
    }
    const [, name = '', inline] = written;
    const values = inline === undefined ? valuesAfter(command, name, args.slice(index)) : [];
    index += values.length;
    if (inline !== undefined) settings.push({ name, value: inline });
    else if (values.length === 0) settings.push({ name, value: null });
    else settings.push(...values.map((value) => ({ name, value })));
  }
  return { settings, help, issues };
}

/** The words that belong to an option without `=`. */
function valuesAfter(command: CommandName, name: string, rest: readonly string[]): readonly string[] {
  const option = resolveOptionName(name, command)?.option;
  const [first] = rest;
  if (first === undefined || first.startsWith('--')) return [];
  if (option?.type === 'boolean') return parseBoolean(first) === undefined ? [] : [first];
  // What an unknown option takes is unknown; its value must not become a second fault.
  if (option === undefined) return first.startsWith('-') ? [] : [first];
  if (option.repeatable !== true) return [first];
  const following = rest.slice(1);
  const end = following.findIndex((word) => word.startsWith('-'));
  return [first, ...(end < 0 ? following : following.slice(0, end))];
}

function strayArgument(command: CommandName, argument: string): ValidationIssue {
  const shown = shownText(argument);
  const wanted = command === 'scan' ? `--file ${shown}, if it is a file to upload` : 'options only';
  return { path: 'arguments', got: `"${shown}", which belongs to no option`, wanted };
}
