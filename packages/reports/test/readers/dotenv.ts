import { HAS_SHELL, sourcedByShell } from '../sourced-by-shell.js';
import { ofEach, type ReportReader } from './report-reader.js';

const MOST_VARIABLES = 20;
const LARGEST_BYTES = 5 * 1024;

/** A variable with what GitLab does not act on: it replaces `$NAME` and `%NAME%`, and knows no quotes. What a shell acts on, a shell says. */
const PLAIN = /^VERACODE_RESULT_[A-Z_]+=[^\s$%"'`\\\p{C}]*$/u;

/** As GitLab reads it. @see gitlab.com/gitlab-org/gitlab "parse_dotenv_artifact_service.rb" */
export function variablesOf(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, name, value] = /^(.*?)=(.*)$/u.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`Invalid Format: ${line}`);
    variables.set(name.trim(), value.trim());
  }
  return variables;
}

/** What a shell runs, or reads as something else, when it sources a file. */
async function faultsInShell(text: string): Promise<readonly string[]> {
  const variables = variablesOf(text);
  const { values, traces } = await sourcedByShell(text, [...variables.keys()]);
  const changed = [...variables].filter(([name, value]) => values.get(name) !== value);
  return [...changed.map(([name, value]) => `has ${name}=${value}, which a shell reads as ${JSON.stringify(values.get(name))}`), ...traces.map((trace) => `leaves ${JSON.stringify(trace)} in a shell`)];
}

export const DOTENV: ReportReader = {
  name: "sh, which sources it; reader of ours, after GitLab's",
  faults: ofEach(async (text) => {
    const lines = text.split('\n');
    const faults = lines.slice(0, -1).filter((line) => !PLAIN.test(line)).map((line) => `has ${JSON.stringify(line)}`);
    if (lines.at(-1) !== '') faults.push('does not end its last line');
    if (Buffer.byteLength(text) >= LARGEST_BYTES) faults.push('is larger than GitLab takes');
    if (variablesOf(text).size > MOST_VARIABLES) faults.push('has more variables than GitLab takes');
    if (HAS_SHELL && faults.length === 0) faults.push(...(await faultsInShell(text)));
    return faults;
  }),
  counts(text) {
    const counts = [...variablesOf(text)].filter(([name]) => /_RESULT_(?:FINDINGS|OPEN_)/u.test(name));
    return Object.fromEntries(counts.map(([name, value]) => [name.replace('VERACODE_RESULT_', ''), value === '' ? Number.NaN : Number(value)]));
  },
};
