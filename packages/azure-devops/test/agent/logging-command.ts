/** An order to the agent, taken out of a line of output. */
export interface LoggingCommand {
  /** `task.complete` */
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const MARK = '##vso[';

/**
 * Reads a line as the agent does: the mark may stand anywhere in it, what is behind the bracket is data.
 *
 * @see github.com/microsoft/azure-pipelines-agent, Microsoft.VisualStudio.Services.Agent/Command.cs
 */
export function readLoggingCommand(line: string): LoggingCommand | null {
  const start = line.indexOf(MARK);
  const end = line.indexOf(']', start);
  if (start < 0 || end < 0) return null;
  const [, name = '', list = ''] = /^\s*(\S+)\s*(.*)$/u.exec(line.slice(start + MARK.length, end)) ?? [];
  if (name.split('.').length !== 2) return null;
  const pairs = list.split(';').flatMap((pair) => {
    const [key = '', ...value] = pair.split('=');
    return key.trim() === '' ? [] : [[key.trim().toLowerCase(), unescape(value.join('='))] as const];
  });
  return { name: name.toLowerCase(), properties: Object.fromEntries(pairs), data: unescape(line.slice(end + 1)) };
}

function unescape(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%5D', ']').replaceAll('%3B', ';').replaceAll('%AZP25', '%');
}
