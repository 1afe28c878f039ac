import { constants as fsConstants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../kernel/error-code.js';
import { CredentialError, isVeracodeError } from '../kernel/errors.js';
import { nearestNames } from '../kernel/nearest-names.js';
import { parseCredentialsFile, type ProfileEntry } from './credentials-file.js';
import { type ApiCredentials, parseCredentials, type RawCredentials } from './credentials.js';

/** Environment variables as a record, for instance `process.env`. @public */
export type Env = Readonly<Record<string, string | undefined>>;

/** Credentials together with where they came from. @public */
export interface FoundCredentials {
  readonly credentials: ApiCredentials;
  /** For people: `the environment (VERACODE_API_KEY_ID, VERACODE_API_KEY_SECRET)`. */
  readonly source: string;
  /** What should be said to the user, for instance that others can read the file. */
  readonly warnings: readonly string[];
}

/** One place where credentials may be. @public */
export interface CredentialProvider {
  /** What is looked at, for people; holds no value. */
  readonly describe: string;
  /**
   * Null when there is nothing in this place.
   *
   * @throws CredentialError when there is something, but not a usable pair: then no other place is looked at
   */
  find(): Promise<FoundCredentials | null>;
}

const ID_VARIABLE = 'VERACODE_API_KEY_ID';
const KEY_VARIABLE = 'VERACODE_API_KEY_SECRET';
const PROFILE_VARIABLE = 'VERACODE_API_PROFILE';
const DEFAULT_PROFILE = 'default';
/** A credentials file is a few lines; anything larger is another file. */
const MAX_FILE_BYTES = 1024 * 1024;
/** Any access for the group or for others. */
const SHARED_MODE = fsConstants.S_IRWXG | fsConstants.S_IRWXO;

/** Values that the caller hands over. @public */
export function credentialsFromValues(raw: RawCredentials): CredentialProvider {
  const describe = 'the values given by the caller';
  return { describe, find: async () => found(raw, describe) };
}

/**
 * `VERACODE_API_KEY_ID` and `VERACODE_API_KEY_SECRET`. An empty variable counts as absent, because CI systems hand on
 * secrets that do not exist as empty text. Exactly one of the two is an error: the pair would come from elsewhere.
 *
 * @public
 */
export function credentialsFromEnv(env: Env): CredentialProvider {
  const describe = `the environment (${ID_VARIABLE}, ${KEY_VARIABLE})`;
  return {
    describe,
    find: async () => {
      const apiId = env[ID_VARIABLE] ?? '';
      const apiKey = env[KEY_VARIABLE] ?? '';
      if (apiId === '' && apiKey === '') return null;
      if (apiId !== '' && apiKey !== '') return found({ apiId, apiKey }, describe);
      const [present, absent] = apiId === '' ? [KEY_VARIABLE, ID_VARIABLE] : [ID_VARIABLE, KEY_VARIABLE];
      throw new CredentialError(`${present} is set, but ${absent} is not (or is empty).`, {
        code: 'incomplete-environment',
        advice: `Set both, or neither to use the credentials file.`,
      });
    },
  };
}

/** Where a credentials file is, and which of its profiles is wanted. @public */
export interface CredentialsFileOptions {
  readonly path: string;
  /** Section of the file. @defaultValue `default` */
  readonly profile?: string;
  /** On Windows the mode of a file says nothing about who can read it. @defaultValue the running system */
  readonly platform?: NodeJS.Platform;
}

/**
 * One profile of a credentials file. A missing file, or a file without the profile `default`, is no error; a missing
 * profile that was asked for by name is.
 *
 * @public
 */
export function credentialsFromFile(options: CredentialsFileOptions): CredentialProvider {
  const profile = options.profile ?? DEFAULT_PROFILE;
  const describe = `the profile "${profile}" of ${options.path}`;
  return {
    describe,
    find: async () => {
      const file = await readCredentialsFile(options.path);
      if (file === null) {
        if (options.profile === undefined) return null;
        throw new CredentialError(`The profile "${profile}" was asked for, but ${options.path} does not exist.`, {
          code: 'missing-credentials-file',
          advice: 'Create the file, or leave the profile out and set the environment variables.',
        });
      }
      const entry = parseCredentialsFile(file.text, profile);
      if (!entry.found) {
        if (options.profile === undefined) return null;
        throw missingProfile(profile, options.path, entry);
      }
      const { apiId, apiKey } = entry.values;
      if (apiId === undefined || apiKey === undefined) {
        const absent = apiId === undefined ? 'veracode_api_key_id' : 'veracode_api_key_secret';
        throw new CredentialError(`${describe} has no ${absent}.`, {
          code: 'incomplete-profile',
          advice: 'A profile needs the lines veracode_api_key_id = … and veracode_api_key_secret = ….',
        });
      }
      const shared = options.platform !== 'win32' && (file.mode & SHARED_MODE) !== 0;
      const warning = `Other users of this machine can read ${options.path}: run chmod 600 on it.`;
      return found({ apiId, apiKey }, describe, shared ? [warning] : []);
    },
  };
}

/**
 * Asks one place after the other; the first that holds something decides.
 *
 * @throws CredentialError `no-credentials`, which lists every place that was looked at
 * @public
 */
export async function credentialChain(providers: readonly CredentialProvider[]): Promise<FoundCredentials> {
  for (const provider of providers) {
    const credentials = await provider.find();
    if (credentials !== null) return credentials;
  }
  const lookedAt = providers.map((provider) => provider.describe);
  throw new CredentialError(`No API credentials were found. Looked at ${lookedAt.join(', then ')}.`, {
    code: 'no-credentials',
    advice: `Set ${ID_VARIABLE} and ${KEY_VARIABLE} from the secrets of your CI.`,
  });
}

/** Inputs of {@link findCredentials}; nothing is read from the process itself. @public */
export interface CredentialLookup {
  readonly explicit?: RawCredentials;
  readonly env: Env;
  /** Profile that the user chose. @defaultValue `VERACODE_API_PROFILE` of `env`, else `default` */
  readonly profile?: string;
  /** @defaultValue `.veracode/credentials` in `homeDir` */
  readonly file?: string;
  readonly homeDir: string;
  /** @defaultValue the POSIX rules */
  readonly platform?: NodeJS.Platform;
}

/** The credentials file of a user. @public */
export function credentialsFileIn(homeDir: string): string {
  return join(homeDir, '.veracode', 'credentials');
}

/** The section that is read: the one that was chosen, else that of `VERACODE_API_PROFILE`, else `default`. Pure. @public */
export function profileOf(env: Env, chosen?: string | null): string {
  return namedProfile(env, chosen) ?? DEFAULT_PROFILE;
}

/** A section that somebody named: it must be there. */
function namedProfile(env: Env, chosen: string | null | undefined): string | null {
  const variable = env[PROFILE_VARIABLE] ?? '';
  return chosen ?? (variable === '' ? null : variable);
}

/**
 * Finds credentials in the usual order: given values, environment, credentials file. A profile that was chosen by
 * name is taken from the file even when the environment holds a pair.
 *
 * @throws CredentialError
 * @public
 */
export async function findCredentials(lookup: CredentialLookup): Promise<FoundCredentials> {
  const { explicit, env, platform } = lookup;
  if (explicit !== undefined) return credentialChain([credentialsFromValues(explicit)]);
  const profile = namedProfile(env, lookup.profile);
  const file = credentialsFromFile({
    path: lookup.file ?? credentialsFileIn(lookup.homeDir),
    ...(profile === null ? {} : { profile }),
    ...(platform === undefined ? {} : { platform }),
  });
  if (lookup.profile !== undefined) return credentialChain([file]);
  return credentialChain([credentialsFromEnv(env), file]);
}

function found(raw: RawCredentials, source: string, warnings: readonly string[] = []): FoundCredentials {
  try {
    return { credentials: parseCredentials(raw), source, warnings };
  } catch (error) {
    if (!isVeracodeError(error)) throw error;
    throw new CredentialError(`${error.message} Source: ${source}.`, {
      code: error.code,
      ...(error.advice === undefined ? {} : { advice: error.advice }),
    });
  }
}

function missingProfile(profile: string, path: string, entry: ProfileEntry): CredentialError {
  const near = nearestNames(profile, entry.profiles);
  const shown = near.length > 0 ? near : entry.profiles.slice(0, 10);
  return new CredentialError(`${path} has no profile "${profile}".`, {
    code: 'missing-profile',
    advice: shown.length === 0 ? 'The file is empty.' : `It has: ${shown.join(', ')}. Names are case-sensitive.`,
  });
}

/** Text and mode of the file, read through one handle; null when it does not exist. */
async function readCredentialsFile(path: string): Promise<{ readonly text: string; readonly mode: number } | null> {
  try {
    const handle = await open(path, 'r');
    try {
      const stats = await handle.stat();
      if (!stats.isFile() || stats.size > MAX_FILE_BYTES) throw unreadable(path, 'is no credentials file');
      return { text: await handle.readFile('utf8'), mode: stats.mode };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isVeracodeError(error)) throw error;
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw unreadable(path, `cannot be read (${code})`);
  }
}

function unreadable(path: string, what: string): CredentialError {
  return new CredentialError(`${path} ${what}.`, {
    code: 'unreadable-credentials-file',
    advice: 'Make it a readable file, or set the environment variables instead.',
  });
}
