import { ofEach, type ReportReader } from './report-reader.js';

const MOST_VARIABLES = 20;
const LARGEST_BYTES = 5 * 1024;

/** What neither a shell nor GitLab acts on. */
const HARMLESS = /^VERACODE_RESULT_[A-Z_]+=[A-Za-z0-9_.:/?#@&=+,~-]*$/u;

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

export const DOTENV: ReportReader = {
  faults: ofEach((text) => {
    const lines = text.split('\n');
    const faults = lines.slice(0, -1).filter((line) => !HARMLESS.test(line)).map((line) => `has ${JSON.stringify(line)}`);
    if (lines.at(-1) !== '') faults.push('does not end its last line');
    if (Buffer.byteLength(text) >= LARGEST_BYTES) faults.push('is larger than GitLab takes');
    if (variablesOf(text).size > MOST_VARIABLES) faults.push('has more variables than GitLab takes');
    return faults;
  }),
  counts(text) {
    const counts = [...variablesOf(text)].filter(([name]) => /_RESULT_(?:FINDINGS|OPEN_)/u.test(name));
    return Object.fromEntries(counts.map(([name, value]) => [name.replace('VERACODE_RESULT_', ''), value === '' ? Number.NaN : Number(value)]));
  },
};
