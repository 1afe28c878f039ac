import { isScanCall } from './scan-call.js';
import { groupOf, type LogicalLine, readShellLines, type ScriptLine, type ShellCommand, type ShellGroup, splitCommands } from './shell-commands.js';
import type { Swallow, SwallowRule } from './swallow.js';

/** How a CI starts a shell. */
export interface ShellStart {
  /** Ends at the first command that fails. */
  readonly errexit: boolean;
  /** A pipeline of commands fails with any of them. */
  readonly pipefail: boolean;
}

const PLAIN = 'Call it on a line of its own, and let its exit code end the step.';
const RE_RAISE = 'Write set -e above it; to do something after a failure, keep the code and end with it: rc=0; … || rc=$?; …; exit "$rc".';

const TRAP = /\btrap\s+(["'])[^"']*\bexit\s+0\b[^"']*\1\s+.*\b(?:EXIT|ERR|0)\b/u;

/** Nobody puts groups deeper into each other. */
const DEEPEST = 8;

/** Finds what swallows the exit codes of scans in a POSIX script. */
export function lintShell(lines: readonly ScriptLine[], start: ShellStart, depth = 0): readonly Swallow[] {
  const script = readShellLines(lines);
  if (!script.some(({ commands }) => commands.some(({ text }) => isScanCall(text)))) return [];
  const swallows: Swallow[] = [];
  let { errexit, pipefail } = start;
  let wasSwitchedOff = false;
  if (/^#!/u.test(lines[0]?.text ?? '')) errexit = /^#!.*\s-\w*e/u.test(lines[0]?.text ?? '');
  for (const [index, line] of script.entries()) {
    const after = script.slice(index + 1);
    for (const { text } of line.commands) {
      const set = readSet(text);
      if (set.errexit === false) wasSwitchedOff = true;
      errexit = set.errexit ?? errexit;
      pipefail = set.pipefail ?? pipefail;
    }
    if (line.commands.some(({ text }) => groupOf(text) === null && TRAP.test(text))) {
      swallows.push(swallow(line, 'trap', 'The trap ends the script with 0, whatever happened before.', 'End the trap without exit, or with the code that it found: rc=$?; …; exit "$rc".'));
    }
    for (const [position, command] of line.commands.entries()) {
      const { text, operator } = command;
      if (!isScanCall(text)) continue;
      const rest = line.commands.slice(position + 1);
      const group = depth < DEEPEST ? groupOf(text) : null;
      const around = group?.kind === 'function' ? [] : lintCall({ line, text, operator, rest, after, errexit, pipefail, wasSwitchedOff });
      // Where the code of a group is looked at, the shell goes on within.
      const goesOn = group?.kind === 'group' && around.length === 0 && (operator === '||' || operator === '&&');
      const within = group === null ? lintNested(line, text) : lintShell(linesWithin(line, command, group), { errexit: errexit && !goesOn, pipefail }, depth + 1);
      swallows.push(...within, ...around);
    }
  }
  return swallows;
}

function linesWithin({ lineAt }: LogicalLine, command: ShellCommand, { inner, start }: ShellGroup): readonly ScriptLine[] {
  let offset = command.start + start;
  return inner.split('\n').map((text) => {
    // Blanks before the first word may belong to the line of the brace.
    const line = lineAt(offset + (text.length - text.trimStart().length));
    offset += text.length + 1;
    return { text, line };
  });
}

interface Call {
  readonly line: LogicalLine;
  readonly text: string;
  readonly operator: LogicalLine['commands'][number]['operator'];
  readonly rest: LogicalLine['commands'];
  readonly after: readonly LogicalLine[];
  readonly errexit: boolean;
  readonly pipefail: boolean;
  readonly wasSwitchedOff: boolean;
}

function lintCall(call: Call): readonly Swallow[] {
  const { line, text, operator, rest, after, pipefail } = call;
  const swallows: Swallow[] = [];
  const add = (rule: SwallowRule, what: string, instead = PLAIN): void => void swallows.push(swallow(line, rule, what, instead));
  const later = [...rest.map((command) => command.text), ...after.map((next) => next.text)].join('\n');

  if (/^\s*(?:if|elif|while|until)\b/u.test(text)) {
    if (!failsBefore(later, 'fi')) add('condition', 'In the condition of an if a failure is an answer like any other, and nothing in the if ends with it.', 'End the branch of the failure with exit 1, or call it without if.');
    return swallows;
  }
  if (/^\s*!/u.test(text)) add('inverted', 'The ! turns the exit code round: a failure becomes a success.');
  if (/(?:\$\(|`)[^)`]*$/u.test(text.slice(0, text.search(/ver[a-z]+/iu))) && !/^\s*\w+=["']?(?:\$\(|`)/u.test(text)) {
    add('substitution', 'In a command substitution the exit code is that of the command around it.', 'Assign the output alone, name=$(…), on a line of its own, without export or local.');
  }
  switch (operator) {
    case '||': {
      const captured = /^\s*\{?\s*(\w+)=\$\?/u.exec(rest[0]?.text ?? '')?.[1];
      const isRead = captured !== undefined && endsWith(captured, later);
      if (!isRead && !fails(rest)) add('or', 'What stands after || takes the place of the failure.', captured === undefined ? PLAIN : `End with the code that was kept: exit "$${captured}".`);
      break;
    }
    case '|':
      if (!pipefail) add('pipe', 'The exit code of a pipe is that of its last command.', 'Write set -o pipefail above it (bash), or send the output to a file instead.');
      break;
    case '&':
      if (!/\bwait\s+["']?\$/u.test(later)) add('background', 'The exit code of a command in the background is lost.', 'Call it without &, or wait for it by its id: wait "$pid".');
      break;
    case ';':
      if (/^(?:true|:|exit\s+0)$/u.test(rest[0]?.text ?? '')) add('semicolon-true', 'What stands after the ; is there to take the place of the exit code, and does where the shell runs without set -e.');
      break;
    case '&&':
      if (after.length > 0) add('and-list', 'A failure before && does not end the script, not with set -e either: the lines below go on.', 'Put the command after && on a line of its own.');
      break;
    case '':
      break;
  }
  if (swallows.length === 0) swallows.push(...lintGoingOn(call, later));
  return swallows;
}

/** Without `set -e` the exit code of a script is that of its last command. */
function lintGoingOn({ line, operator, rest, after, errexit, wasSwitchedOff }: Call, later: string): readonly Swallow[] {
  const isLast = rest.length === 0 && after.every(({ text }) => /^\s*(?:fi|done|esac|\}|\))/u.test(text));
  // A list of && at the end ends with the first failure in it.
  const endsList = operator === '&&' && after.length === 0 && rest.every((command) => command.operator === '&&' || command.operator === '');
  if (errexit || isLast || endsList || operator === '||' || operator === '&') return [];
  const next = rest[0]?.text ?? after[0]?.text ?? '';
  if (SAME_END.test(next)) return [];
  const kept = /^\s*(?:export\s+)?(\w+)=\$\?/u.exec(next)?.[1];
  if (kept !== undefined && endsWith(kept, later)) return [];
  if (/\$\?/u.test(next) && failsBefore(later, 'fi')) return [];
  return wasSwitchedOff
    ? [swallow(line, 'set-plus-e', 'After set +e the script goes on when the call fails, and ends with the code of its last command.', RE_RAISE)]
    : [swallow(line, 'no-errexit', 'This shell goes on when a command fails, and the script ends with the code of its last command.', RE_RAISE)];
}

/** `bash -c "…"` is a script of its own. */
function lintNested(line: LogicalLine, text: string): readonly Swallow[] {
  const [, flags = '', , inner] = /\b(?:ba|da|z)?sh\s+((?:-\w+\s+)*-\w*c)\s+(["'])(.*)\2/su.exec(text) ?? [];
  if (inner === undefined) return [];
  return lintShell([{ text: inner, line: line.line }], { errexit: /-\w*e/u.test(flags), pipefail: false });
}

interface SetCommand {
  readonly errexit: boolean | null;
  readonly pipefail: boolean | null;
}

/** `set -euo pipefail` and its kin; null for what it says nothing about. */
function readSet(text: string): SetCommand {
  const words = /^\s*set\s+(.*)$/u.exec(text)?.[1]?.split(/\s+/u) ?? [];
  let errexit: boolean | null = null;
  let pipefail: boolean | null = null;
  let sign = '-';
  for (const word of words) {
    if (/^[-+]\w+$/u.test(word)) {
      sign = word[0] ?? '-';
      if (word.includes('e')) errexit = sign === '-';
    }
    if (word === 'errexit') errexit = sign === '-';
    if (word === 'pipefail') pipefail = sign === '-';
  }
  return { errexit, pipefail };
}

/** An end with a failure that is written down, or kept in a variable: `$?` is that of the command right before. */
const FAILING_END = /\b(?:exit|return)\s+["']?(?!0+\b|\$\?|\$\{\?\})[\w$]/u;
/** An end with the code of the command right before. */
const SAME_END = /^\s*(?:exit|return)(?:\s+["']?\$(?:\?|\{\?\})["']?)?\s*$/u;

/** True where what stands after `||` ends the script with a failure; what is only printed does not. */
function fails(alternative: LogicalLine['commands']): boolean {
  const commands = alternative.flatMap(({ text }) => [...withoutGroup(text)]);
  return SAME_END.test(commands[0] ?? '') || FAILING_END.test(withoutTexts(commands.join(' ; '))) || /^\s*false\s*$/u.test(commands.at(-1) ?? '');
}

function withoutGroup(text: string): readonly string[] {
  const group = groupOf(text);
  return group === null ? [text] : splitCommands(group.inner).map((command) => command.text);
}

function withoutTexts(script: string): string {
  return script.replace(/"[^"$]*"|'[^']*'/gu, '""');
}

/** True where the block that ends with a word ends the script with a failure. Right after `else` `$?` is that of the condition. */
function failsBefore(text: string, end: string): boolean {
  const [block = ''] = text.split(new RegExp(`(?:^|\\s)${end}(?:\\s|;|$)`, 'u'));
  return FAILING_END.test(block) || /(?:^|\s)false\b|\belse\s+(?:exit|return)\s*(?:["']?\$\?|$|;)/mu.test(block);
}

/** True where the script ends with the code in a variable, or fails because of it. */
function endsWith(name: string, later: string): boolean {
  const reference = `["']?\\$\\{?${name}\\b`;
  return new RegExp(`\\b(?:exit|return)\\s+${reference}`, 'u').test(later) || (new RegExp(reference, 'u').test(later.replace(new RegExp(`\\becho\\b.*`, 'gu'), '')) && FAILING_END.test(later));
}

function swallow({ line }: LogicalLine, rule: SwallowRule, what: string, instead: string): Swallow {
  return { line, rule, what, instead };
}
