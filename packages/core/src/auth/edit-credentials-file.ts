import type { WritablePair } from '../domain/credential-destination.js';

const LINES = { apiId: 'veracode_api_key_id', apiSecret: 'veracode_api_key_secret' } as const;
const DEFAULT_PROFILE = 'default';

/** A line of the file: its text, and the line end behind it. */
interface Line {
  readonly text: string;
  readonly end: string;
}

/**
 * Puts a pair into one profile of a credentials file. Everything else stays byte for byte: comments, other profiles,
 * line ends, and how the two lines were written up to their value. What a profile lacks is added to its end; a profile
 * that does not exist, to the end of the file. Reads the file as `parseCredentialsFile` does: of several lines for one
 * value the last counts, so all of them are written anew. Pure.
 *
 * @public
 */
export function editCredentialsFile(text: string, profile: string, { apiId, apiSecret }: WritablePair): string {
  const values: Readonly<Record<string, string>> = { [LINES.apiId]: apiId, [LINES.apiSecret]: apiSecret.reveal() };
  const lines = splitLines(text);
  const newline = lines.find(({ end }) => end !== '')?.end ?? '\n';
  const written = new Set<string>();
  /** Index behind the last line of the profile that says something; -1 while it is not there. */
  let endOfProfile = -1;
  let section = DEFAULT_PROFILE;
  const edited = lines.map((line, index): Line => {
    const body = index === 0 ? line.text.replace(/^\uFEFF/, '') : line.text;
    const header = /^\s*\[([^\]]*)\]\s*(?:[#;].*)?$/.exec(body)?.[1]?.trim();
    if (header !== undefined) section = header;
    const match = header === undefined ? /^(\s*([^#;=:\s][^=:]*?)\s*[=:]\s*).*$/.exec(line.text.replace(/^\uFEFF/, '')) : null;
    const name = match?.[2]?.toLowerCase() ?? '';
    const counts = header !== undefined || (match !== null && (name in values || section !== DEFAULT_PROFILE));
    if (section === profile && counts) endOfProfile = index + 1;
    const value = values[name];
    if (section !== profile || value === undefined) return line;
    written.add(name);
    const mark = line.text.startsWith('\uFEFF') ? '\uFEFF' : '';
    return { text: `${mark}${match?.[1] ?? ''}${value}`, end: line.end };
  });
  const missing = Object.values(LINES).filter((name) => !written.has(name)).map((name): Line => ({ text: `${name} = ${values[name] ?? ''}`, end: newline }));
  if (missing.length === 0) return joinLines(edited);
  if (endOfProfile >= 0) return joinLines([...ended(edited.slice(0, endOfProfile), newline), ...missing, ...edited.slice(endOfProfile)]);
  const before = ended(edited, newline);
  const gap: readonly Line[] = before.length === 0 || before.at(-1)?.text.trim() === '' ? [] : [{ text: '', end: newline }];
  return joinLines([...before, ...gap, { text: `[${profile}]`, end: newline }, ...missing]);
}

function splitLines(text: string): readonly Line[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/gu)].map(([, line = '', end = '']) => ({ text: line, end })).filter(({ text: line, end }) => line !== '' || end !== '');
}

/** The same lines; the last one has an end, so that another can follow. */
function ended(lines: readonly Line[], newline: string): readonly Line[] {
  return lines.map((line, index) => (index === lines.length - 1 && line.end === '' ? { ...line, end: newline } : line));
}

function joinLines(lines: readonly Line[]): string {
  return lines.map(({ text, end }) => `${text}${end}`).join('');
}
