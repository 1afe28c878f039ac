import { isScanCall } from './scan-call.js';
import { type LogicalLine, readShellLines, type ScriptLine } from './shell-commands.js';
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

/** Finds what swallows the exit codes of scans in a POSIX script. */
export function lintShell(lines: readonly ScriptLine[], start: ShellStart): readonly Swallow[] {
  const script = readShellLines(lines);
  if (!script.some(({ text }) => isScanCall(text))) return [];
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
    if (/\btrap\s+(["'])[^"']*\bexit\s+0\b[^"']*\1\s+.*\b(?:EXIT|ERR|0)\b/u.test(line.text)) {
      swallows.push(swallow(line, 'trap', 'The trap ends the script with 0, whatever happened before.', 'End the trap without exit, or with the code that it found: rc=$?; …; exit "$rc".'));
    }
    for (const [position, { text, operator }] of line.commands.entries()) {
      if (!isScanCall(text)) continue;
      const rest = line.commands.slice(position + 1);
      swallows.push(...lintNested(line, text), ...lintCall({ line, text, operator, rest, after, errexit, pipefail, wasSwitchedOff }));
    }
  }
  return swallows;
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
      const alternative = rest.map((command) => command.text).join(' ; ');
      if (!isRead && !fails(alternative)) add('or', 'What stands after || takes the place of the failure.', captured === undefined ? PLAIN : `End with the code that was kept: exit "$${captured}".`);
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
  if (errexit || isLast || operator === '||' || operator === '&') return [];
  const next = rest[0]?.text ?? after[0]?.text ?? '';
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

/** True where a text ends the script with a failure; what is only printed does not. */
function fails(script: string): boolean {
  const text = script.replace(/"[^"$]*"|'[^']*'/gu, '""');
  return /\b(?:exit|return)\s+(?!0+\b)["']?[\w$]|(?:^|[\s;{])(?:false|exit|return)\s*[;}\n]?\s*$/u.test(text);
}

/** The same within the block that ends with a word. */
function failsBefore(text: string, end: string): boolean {
  const [block = ''] = text.split(new RegExp(`(?:^|\\s)${end}(?:\\s|;|$)`, 'u'));
  return fails(block) || /\b(?:exit|return)\s+(?!0+\b)["']?[\w$]|(?:^|\s)false\b/u.test(block);
}

/** True where the script ends with the code in a variable, or fails because of it. */
function endsWith(name: string, later: string): boolean {
  const reference = `["']?\\$\\{?${name}\\b`;
  return new RegExp(`\\b(?:exit|return)\\s+${reference}`, 'u').test(later) || (new RegExp(reference, 'u').test(later.replace(new RegExp(`\\becho\\b.*`, 'gu'), '')) && /\b(?:exit|return)\s+["']?[1-9$]/u.test(later));
}

function swallow({ line }: LogicalLine, rule: SwallowRule, what: string, instead: string): Swallow {
  return { line, rule, what, instead };
}
