import type { RawCredentials } from './credentials.js';

/** What a credentials file holds for one profile. @public */
export interface ProfileEntry {
  readonly values: Partial<RawCredentials>;
  /** Every section of the file; the section-less part counts as `default`. */
  readonly profiles: readonly string[];
  /** False when there is no such section. */
  readonly found: boolean;
}

const DEFAULT_PROFILE = 'default';
const KEY_NAMES: Readonly<Record<string, keyof RawCredentials>> = {
  veracode_api_key_id: 'apiId',
  veracode_api_key_secret: 'apiKey',
};

/**
 * Reads one profile from the text of a credentials file.
 *
 * INI text: `[section]`, `name = value` or `name: value`, comments with `#` or `;`. Section names are case-sensitive, key names are
 * not. A file without any section is read as the profile `default`. Lines that are nothing of this are skipped, never
 * quoted.
 *
 * @see docs.veracode.com "Configure an API credentials file"
 * @public
 */
export function parseCredentialsFile(text: string, profile: string): ProfileEntry {
  const profiles = new Set<string>();
  const values: Partial<Record<keyof RawCredentials, string>> = {};
  let section = DEFAULT_PROFILE;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const header = /^\s*\[([^\]]*)\]\s*(?:[#;].*)?$/.exec(line)?.[1]?.trim();
    if (header !== undefined) {
      section = header;
      profiles.add(section);
      continue;
    }
    const [, name = '', value = ''] = /^\s*([^#;=:\s][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    const part = KEY_NAMES[name.toLowerCase()];
    if (part === undefined) continue;
    profiles.add(section);
    if (section === profile) values[part] = value;
  }
  return { values, profiles: [...profiles], found: profiles.has(profile) };
}
