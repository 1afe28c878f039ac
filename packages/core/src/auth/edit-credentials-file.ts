import type { WritablePair } from '../domain/credential-destination.js';
import { readCredentialsLine } from './credentials-line.js';

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
  const values: ReadonlyMap<string, string> = new Map([[LINES.apiId, apiId], [LINES.apiSecret, apiSecret.reveal()]]);
  const lines = splitLines(text);
  const newline = lines.find(({ end }) => end !== '')?.end ?? '\n';
  const written = new Set<string>();
  /** Index behind the last line of the profile that says something; 0 while it is not there. */
  let endOfProfile = 0;
  let section = DEFAULT_PROFILE;
  const edited = lines.map((line, index): Line => {
    const said = readCredentialsLine(line.text);
    if (said === null) return line;
    if (said.kind === 'section') section = said.section;
    if (section !== profile) return line;
    const value = said.kind === 'setting' ? values.get(said.name) : undefined;
    // Of the lines before any section only those of a pair make the profile `default`.
    if (said.kind === 'section' || value !== undefined || section !== DEFAULT_PROFILE) endOfProfile = index + 1;
    if (said.kind === 'section' || value === undefined) return line;
    written.add(said.name);
    return { text: `${said.before}${value}`, end: line.end };
  });
  const missing = [...values].filter(([name]) => !written.has(name)).map(([name, value]): Line => ({ text: `${name} = ${value}`, end: newline }));
  if (missing.length === 0) return joinLines(edited);
  if (endOfProfile > 0) return joinLines([...ended(edited.slice(0, endOfProfile), newline), ...missing, ...edited.slice(endOfProfile)]);
  const before = ended(edited, newline);
  const gap: readonly Line[] = (before.at(-1)?.text.trim() ?? '') === '' ? [] : [{ text: '', end: newline }];
  return joinLines([...before, ...gap, { text: `[${profile}]`, end: newline }, ...missing]);
}

function splitLines(text: string): readonly Line[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/gu)].map(([, line = '', end = '']) => ({ text: line, end })).filter(({ text: line, end }) => line !== '' || end !== '');
}

/** The same lines; the last one, which alone may lack an end, has one, so that another can follow. */
function ended(lines: readonly Line[], newline: string): readonly Line[] {
  return lines.map((line) => (line.end === '' ? { ...line, end: newline } : line));
}

function joinLines(lines: readonly Line[]): string {
  return lines.map(({ text, end }) => `${text}${end}`).join('');
}
