import type { RawCredentials } from './credentials.js';
import { readCredentialsLine } from './credentials-line.js';

/** What a credentials file holds for one profile. @public */
export interface ProfileEntry {
  readonly values: Partial<RawCredentials>;
  /** Every section of the file; the section-less part counts as `default`. */
  readonly profiles: readonly string[];
  /** False when there is no such section. */
  readonly found: boolean;
}

const DEFAULT_PROFILE = 'default';
const PART_OF: ReadonlyMap<string, keyof RawCredentials> = new Map([
  ['veracode_api_key_id', 'apiId'],
  ['veracode_api_key_secret', 'apiKey'],
]);

/**
 * Reads one profile from the text of a credentials file.
 *
 * INI text, whose section names are case-sensitive and whose key names are not. A file without any section is read as
 * the profile `default`. Lines that are nothing of this are skipped, never quoted.
 *
 * @see docs.veracode.com "Configure an API credentials file"
 * @public
 */
export function parseCredentialsFile(text: string, profile: string): ProfileEntry {
  const profiles = new Set<string>();
  const values: Partial<Record<keyof RawCredentials, string>> = {};
  let section = DEFAULT_PROFILE;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const said = readCredentialsLine(line);
    if (said === null) continue;
    if (said.kind === 'section') {
      section = said.section;
      profiles.add(section);
      continue;
    }
    const part = PART_OF.get(said.name);
    if (part === undefined) continue;
    profiles.add(section);
    if (section === profile) values[part] = said.value;
  }
  return { values, profiles: [...profiles], found: profiles.has(profile) };
}
