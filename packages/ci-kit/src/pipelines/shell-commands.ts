/** One line of a script, as it stands in the file. */
export interface ScriptLine {
  readonly text: string;
  /** 1-based line of the file. */
  readonly line: number;
}

/** A line with its continuations, and with the lines of the groups that it opens. */
export interface LogicalLine extends ScriptLine {
  readonly commands: readonly ShellCommand[];
  /** The line of the file at an offset of the text. */
  readonly lineAt: (offset: number) => number;
}

/** One command of a line. */
export interface ShellCommand {
  readonly text: string;
  /** Offset in the text that was split. */
  readonly start: number;
  /** What stands between it and the next one; empty at the end. */
  readonly operator: '' | ';' | '&' | '&&' | '||' | '|';
}

/** What is open at the end of a text. */
interface Open {
  readonly quote: string;
  /** Parentheses and braces. */
  readonly depth: number;
}

/** A logical line that is not at its end. */
interface Pending {
  text: string;
  /** Where each line of the file begins in the text. */
  readonly pieces: { readonly offset: number; readonly line: number }[];
  open: Open;
  why: 'continued' | 'operator' | 'group';
  /** Index of its first line. */
  readonly first: number;
}

const CLOSED: Open = { quote: '', depth: 0 };

/**
 * Takes a POSIX script apart: continuations and the lines of a group in parentheses or braces joined, comments and
 * here-documents left out.
 */
export function readShellLines(lines: readonly ScriptLine[], hasGroups = true): readonly LogicalLine[] {
  const logical: LogicalLine[] = [];
  let pending: Pending | null = null;
  let hereEnd: string | null = null;
  for (const [index, { text, line }] of lines.entries()) {
    if (hereEnd !== null) {
      if (text.trim() === hereEnd) hereEnd = null;
      continue;
    }
    const { bare, open } = withoutComment(text, pending?.open ?? CLOSED);
    if (bare.trim() === '' && (pending === null || pending.why === 'operator')) continue;
    const isContinued = /(?:^|[^\\])\\$/u.test(bare);
    const current: Pending = joined(pending, { text: isContinued ? bare.slice(0, -1) : bare, line, index });
    current.open = open;
    hereEnd = /(?<!<)<<-?\s*["']?([A-Za-z_]\w*)["']?/u.exec(bare)?.[1] ?? null;
    pending = current;
    if (isContinued) current.why = 'continued';
    else if (/(?:&&|\|\||\|)$/u.test(bare)) current.why = 'operator';
    else if (hasGroups && open.depth > 0) current.why = 'group';
    else {
      logical.push(logicalLine(current));
      pending = null;
    }
  }
  if (pending === null) return logical;
  // A brace that nothing closes opens no group: its lines stand each for itself.
  if (pending.why === 'group') return [...logical, ...readShellLines(lines.slice(pending.first), false)];
  return [...logical, logicalLine(pending)];
}

function joined(pending: Pending | null, { text, line, index }: ScriptLine & { readonly index: number }): Pending {
  if (pending === null) return { text, pieces: [{ offset: 0, line }], open: CLOSED, why: 'continued', first: index };
  pending.text += pending.why === 'group' ? '\n' : ' ';
  pending.pieces.push({ offset: pending.text.length, line });
  pending.text += text;
  return pending;
}

function logicalLine({ text, pieces }: Pending): LogicalLine {
  const lineAt = (offset: number): number => pieces.findLast((piece) => piece.offset <= offset)?.line ?? pieces[0]?.line ?? 1;
  return { text, line: lineAt(0), commands: splitCommands(text), lineAt };
}

/** Splits a text at its operators and lines; what stands in quotes, in parentheses or in braces stays together. */
export function splitCommands(text: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let start = 0;
  const cut = (end: number, operator: ShellCommand['operator']): void => {
    const part = text.slice(start, end);
    const command = part.trim();
    if (command !== '' || operator !== ';') commands.push({ text: command, start: start + (part.length - part.trimStart().length), operator });
    start = end + operator.length;
  };
  scan(text, CLOSED, (index, depth) => {
    if (depth > 0 || index < start) return;
    const two = text.slice(index, index + 2);
    if (two === '&&' || two === '||') cut(index, two);
    else if (two === ';;' || text[index] === ';' || text[index] === '\n') cut(index, ';');
    else if (text[index] === '|') cut(index, '|');
    // `2>&1` and `&>` are redirections.
    else if (text[index] === '&' && text[index - 1] !== '>' && text[index + 1] !== '>') cut(index, '&');
  });
  cut(text.length, '');
  return commands.filter(({ text: command }) => command !== '');
}

/** Commands in parentheses or braces. */
export interface ShellGroup {
  /** A function is only defined: its commands run elsewhere. */
  readonly kind: 'group' | 'function';
  readonly inner: string;
  /** Offset of what is inside. */
  readonly start: number;
}

/** The group that a command is; null for a plain command. */
export function groupOf(command: string): ShellGroup | null {
  const [head = '', name] = /^\s*(?:(?:if|elif|while|until|then|else|do|time|!)\s+)*((?:function\s+[\w.-]+\s*(?:\(\s*\))?|[\w.-]+\s*\(\s*\))\s*)?(?:\((?!\()|\{(?=\s))/u.exec(command) ?? [];
  if (head === '') return null;
  let end = -1;
  scan(command, CLOSED, (index, depth) => {
    if (end < 0 && index >= head.length && depth === 0 && /[)}]/u.test(command[index] ?? '')) end = index;
  });
  if (end < 0) return null;
  return { kind: name === undefined ? 'group' : 'function', inner: command.slice(head.length, end), start: head.length };
}

/** The text up to a comment, which begins at the start of a word, and what is open after it. */
function withoutComment(text: string, before: Open): { readonly bare: string; readonly open: Open } {
  let end = text.length;
  scan(text, before, (index) => {
    if (text[index] === '#' && (index === 0 || /\s/u.test(text[index - 1] ?? '')) && index < end) end = index;
  });
  const bare = text.slice(0, end).trimEnd();
  return { bare, open: scan(bare, before, () => undefined) };
}

/** Visits each character outside of quotes, with the number of parentheses and braces around it. */
function scan(text: string, before: Open, visit: (index: number, depth: number) => void): Open {
  let { quote, depth } = before;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === '\\' && quote !== "'") index += 1;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'" || character === '`') quote = character;
    else {
      if (character === ')' || character === '}') depth = Math.max(0, depth - 1);
      visit(index, depth);
      if (character === '(' || character === '{') depth += 1;
    }
  }
  return { quote, depth };
}
