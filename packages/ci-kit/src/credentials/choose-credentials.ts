import { findCredentials, isVeracodeError, type Env, type FoundCredentials, type VeracodeError } from '@verapipe/core';

/** Where credentials are looked for. */
export interface CredentialSearch {
  readonly env: Env;
  /** Section of the credentials file that the user chose. */
  readonly profile: string | null;
  readonly homeDir: string;
  readonly platform: NodeJS.Platform;
}

/** Credentials, or why there are none. `missing` means that nobody gave any, as in pull requests from forks. */
export type CredentialChoice =
  | { readonly found: FoundCredentials }
  | { readonly error: VeracodeError; readonly missing: boolean };

/** No value at all: absent, empty, or the name of a secret that the CI did not replace. */
const MISSING_CODES: ReadonlySet<string> = new Set(['no-credentials', 'empty-value', 'unexpanded-variable']);

/** Looks for credentials: environment, then credentials file. What is wrong with them is a value, not a throw. */
export async function chooseCredentials({ env, profile, homeDir, platform }: CredentialSearch): Promise<CredentialChoice> {
  try {
    return { found: await findCredentials({ env, homeDir, platform, ...(profile === null ? {} : { profile }) }) };
  } catch (error) {
    if (!isVeracodeError(error)) throw error;
    return { error, missing: MISSING_CODES.has(error.code) };
  }
}
