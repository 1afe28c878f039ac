import { type PipelineCall, type ReportOnly, REPORT_ONLY_VARIABLE } from './pipeline-call.js';
import { isScanCall } from './scan-call.js';
import { groupOf, readShellLines, type ScriptLine, splitCommands } from './shell-commands.js';
import { readBatchLines, readPowerShellLines } from './lint-windows-shells.js';
import { readSwitch } from './written-switch.js';

/** The shells that CIs start. */
export type ShellKind = 'posix' | 'powershell' | 'batch';

/** One command of a script, groups taken apart. */
interface PlainCommand {
  readonly text: string;
  readonly lineAt: (offset: number) => number;
}

/** Nobody puts groups deeper into each other. */
const DEEPEST = 8;

const VERAPIPE = /(?<![\w-])verapipe(?:@[\w.^~*-]+)?(?:\.cmd|\.js)?["']?\s+["']?([a-z$%][\w-]*)?/gu;
const OPTION = /--(no-)?report-only(?:=["']?([^\s"']*))?(?![\w-])/gu;
const VARIABLE = new RegExp(String.raw`(?<![\w])${REPORT_ONLY_VARIABLE}["']?\s*=\s*["']?([^\s"';]*)`, 'gu');
/** A command that sets variables for those after it. */
const SETS = /^\s*(?:(?:export|declare|typeset|set|local)\b|\$env:|\w+=\S*(?:\s+\w+=\S*)*\s*$)/iu;

/**
 * Finds the calls of a script, in their order.
 *
 * @param around - what the surroundings of the script say about reporting only
 */
export function callsInScript(lines: readonly ScriptLine[], shell: ShellKind, around: ReportOnly | null = null): readonly PipelineCall[] {
  const calls: PipelineCall[] = [];
  let reportOnly = around;
  for (const command of commandsOf(lines, shell)) {
    if (isScanCall(command.text)) calls.push(...callsInCommand(command, reportOnly));
    else if (SETS.test(command.text)) reportOnly = variableIn(command, command.text.length, reportOnly);
    else if (new RegExp(`^\\s*unset\\b.*\\b${REPORT_ONLY_VARIABLE}\\b`, 'u').test(command.text)) reportOnly = null;
  }
  return calls;
}

function commandsOf(lines: readonly ScriptLine[], shell: ShellKind): readonly PlainCommand[] {
  switch (shell) {
    case 'posix':
      return readShellLines(lines).flatMap(({ text, lineAt }) => plainCommands(text, lineAt, 0));
    case 'powershell':
      return readPowerShellLines(lines).flatMap(({ text, line }) => splitCommands(text).map((command) => ({ text: command.text, lineAt: () => line })));
    case 'batch':
      return readBatchLines(lines).flatMap(({ text, line }) => splitCommands(text).map((command) => ({ text: command.text, lineAt: () => line })));
  }
}

function plainCommands(text: string, lineAt: (offset: number) => number, depth: number): readonly PlainCommand[] {
  return splitCommands(text).flatMap((command): readonly PlainCommand[] => {
    const within = (start: number) => (offset: number): number => lineAt(start + offset);
    const group = depth < DEEPEST ? groupOf(command.text) : null;
    if (group === null) return [{ text: command.text, lineAt: within(command.start) }];
    return plainCommands(group.inner, within(command.start + group.start), depth + 1);
  });
}

/** A text for a shell within may hold several. */
function callsInCommand(command: PlainCommand, around: ReportOnly | null): readonly PipelineCall[] {
  const { text, lineAt } = command;
  const found = [...text.matchAll(VERAPIPE)];
  if (found.length === 0) return [{ line: lineAt(0), text, command: null, reportOnly: null }];
  return found.map((match, position): PipelineCall => {
    const start = match.index + match[0].length;
    const end = found[position + 1]?.index ?? text.length;
    const name = match[1] ?? null;
    const known = name === null || /^[$%]/u.test(name) ? null : name;
    return { line: lineAt(match.index), text: text.slice(match.index, end), command: known, reportOnly: optionIn(command, { start, end }, variableIn(command, match.index, around)) };
  });
}

/** The last one given counts. */
function optionIn({ text, lineAt }: PlainCommand, { start, end }: { readonly start: number; readonly end: number }, otherwise: ReportOnly | null): ReportOnly | null {
  const given = [...text.slice(start, end).matchAll(OPTION)].at(-1);
  if (given === undefined) return otherwise;
  const [, no, value] = given;
  const isOn = no === undefined && (value === undefined || readSwitch(value) === true);
  return isOn ? { line: lineAt(start + given.index), how: '--report-only' } : null;
}

/** A variable that is set up to a place of a command. */
function variableIn({ text, lineAt }: PlainCommand, end: number, otherwise: ReportOnly | null): ReportOnly | null {
  const given = [...text.slice(0, end).matchAll(VARIABLE)].at(-1);
  if (given === undefined) return otherwise;
  return readSwitch(given[1] ?? null) === true ? { line: lineAt(given.index), how: REPORT_ONLY_VARIABLE } : null;
}
