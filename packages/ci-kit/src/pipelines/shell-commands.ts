/** One line of a script, as it stands in the file. */
export interface ScriptLine {
  readonly text: string;
  /** 1-based line of the file. */
  readonly line: number;
}

/** A line with its continuations. */
export interface LogicalLine extends ScriptLine {
  readonly commands: readonly ShellCommand[];
}

/** One command of a line. */
export interface ShellCommand {
  readonly text: string;
  /** What stands between it and the next one; empty at the end. */
  readonly operator: '' | ';' | '&' | '&&' | '||' | '|';
}

/** Takes a POSIX script apart: continuations joined, comments and here-documents left out. */
export function readShellLines(lines: readonly ScriptLine[]): readonly LogicalLine[] {
  const logical: LogicalLine[] = [];
  let pending: ScriptLine | null = null;
  let hereEnd: string | null = null;
  for (const { text, line } of lines) {
    if (hereEnd !== null) {
      if (text.trim() === hereEnd) hereEnd = null;
      continue;
    }
    const joined: ScriptLine = pending === null ? { text, line } : { text: `${pending.text} ${text}`, line: pending.line };
    pending = null;
    const bare = withoutComment(joined.text).trimEnd();
    if (/(?:^|[^\\])\\$/u.test(bare)) pending = { text: bare.slice(0, -1), line: joined.line };
    else if (/(?:&&|\|\||\|)$/u.test(bare)) pending = { text: bare, line: joined.line };
    else if (bare.trim() !== '') {
      logical.push({ text: bare, line: joined.line, commands: splitCommands(bare) });
      hereEnd = /(?<!<)<<-?\s*["']?([A-Za-z_]\w*)["']?/u.exec(bare)?.[1] ?? null;
    }
  }
  if (pending !== null && pending.text.trim() !== '') logical.push({ ...pending, commands: splitCommands(pending.text) });
  return logical;
}

/** Splits a line at its operators; what stands in quotes, in parentheses or in braces stays together. */
export function splitCommands(text: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let start = 0;
  const cut = (end: number, operator: ShellCommand['operator']): void => {
    const command = text.slice(start, end).trim();
    if (command !== '' || operator !== ';') commands.push({ text: command, operator });
    start = end + operator.length;
  };
  scan(text, (index, depth) => {
    if (depth > 0 || index < start) return;
    const two = text.slice(index, index + 2);
    if (two === '&&' || two === '||') cut(index, two);
    else if (two === ';;' || text[index] === ';') cut(index, ';');
    else if (text[index] === '|') cut(index, '|');
    // `2>&1` and `&>` are redirections.
    else if (text[index] === '&' && text[index - 1] !== '>' && text[index + 1] !== '>') cut(index, '&');
  });
  cut(text.length, '');
  return commands.filter(({ text: command }) => command !== '');
}

/** The text up to a comment, which begins at the start of a word. */
function withoutComment(text: string): string {
  let end = text.length;
  scan(text, (index) => {
    if (text[index] === '#' && (index === 0 || /\s/u.test(text[index - 1] ?? '')) && index < end) end = index;
  });
  return text.slice(0, end);
}

/** Visits each character outside of quotes, with the number of parentheses and braces around it. */
function scan(text: string, visit: (index: number, depth: number) => void): void {
  let quote = '';
  let depth = 0;
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
}
