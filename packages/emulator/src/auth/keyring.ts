import type { EmulatedAccount } from '../exchange.js';
import type { RandomSource } from '../random-source.js';
import type { AccountSpec } from '../scenarios/account-schema.js';

/** Credentials of an account, as they are handed to a client. */
export interface IssuedCredentials {
  readonly userName: string;
  /** With a region prefix where the scenario gives one. */
  readonly apiId: string;
  readonly apiKey: string;
  /** Wall time, milliseconds since the Unix epoch. */
  readonly expiresAtMs: number;
}

/** What the verifier needs to know of an id. */
export interface KnownKey {
  readonly account: EmulatedAccount;
  /** The key's bytes. */
  readonly key: Uint8Array;
  readonly expiresAtMs: number;
  /** Region that the prefix names; null: no prefix, good everywhere. */
  readonly region: 'com' | 'eu' | 'us' | null;
}

/** Every pair of credentials that the emulated platform knows. */
export interface Keyring {
  readonly credentials: readonly IssuedCredentials[];
  /** By the id without prefix, in any case. */
  find(id: string): KnownKey | undefined;
  expiresAtMs(apiId: string): number;
  /** The text without any secret key in it. */
  redact(text: string): string;
}

const dayMs = 86_400_000;
const idBytes = 16;
const keyBytes = 64;

/**
 * Makes credentials for every account: the scenario's own, else those of an earlier run, else fresh ones.
 *
 * @param options.earlier - what an earlier run issued; found again by user name
 */
export function issueCredentials(options: {
  readonly accounts: readonly AccountSpec[];
  readonly random: RandomSource;
  readonly wallMs: number;
  readonly earlier?: readonly IssuedCredentials[];
}): readonly IssuedCredentials[] {
  const { accounts, random, wallMs, earlier = [] } = options;
  return accounts.map((account) => {
    const before = earlier.find(({ userName }) => userName === account.userName);
    const fresh = { apiId: randomHex(random, idBytes), apiKey: randomHex(random, keyBytes) };
    const apiId = account.apiId ?? before?.apiId ?? fresh.apiId;
    const keyPrefix = prefixOf(apiId)?.replace(/i$/, 's-') ?? '';
    return {
      userName: account.userName,
      apiId,
      apiKey: account.apiKey ?? before?.apiKey ?? `${keyPrefix}${fresh.apiKey}`,
      expiresAtMs: before?.expiresAtMs ?? wallMs + account.credentialsExpireInDays * dayMs,
    };
  });
}

/** Looks accounts up by the ids that were issued to them. */
export function createKeyring(accounts: readonly AccountSpec[], credentials: readonly IssuedCredentials[]): Keyring {
  const known = new Map<string, KnownKey>();
  for (const account of accounts) {
    const issued = credentials.find(({ userName }) => userName === account.userName);
    if (issued !== undefined) {
      const id = withoutPrefix(issued.apiId).toLowerCase();
      known.set(id, knownKey({ ...account, apiId: id }, issued));
    }
  }
  const secrets = credentials.map(({ apiKey }) => new RegExp(withoutPrefix(apiKey), 'gi'));
  const find = (id: string): KnownKey | undefined => known.get(id.toLowerCase());
  return {
    credentials,
    find,
    expiresAtMs: (apiId) => find(apiId)?.expiresAtMs ?? 0,
    redact: (text) => secrets.reduce((safe, secret) => safe.replaceAll(secret, '[secret key]'), text),
  };
}

function knownKey(account: AccountSpec & { readonly apiId: string }, { apiId, apiKey, expiresAtMs }: IssuedCredentials): KnownKey {
  const { userName, kind, roles, teams } = account;
  return {
    account: { apiId: account.apiId, userName, kind, roles, teams },
    key: Buffer.from(withoutPrefix(apiKey), 'hex'),
    expiresAtMs,
    region: regionOf(apiId),
  };
}

/** `vera01ei` of `vera01ei-...`. */
function prefixOf(id: string): string | undefined {
  return id.includes('-') ? id.slice(0, id.indexOf('-')).toLowerCase() : undefined;
}

function withoutPrefix(text: string): string {
  return text.slice(text.indexOf('-') + 1);
}

function regionOf(apiId: string): KnownKey['region'] {
  switch (prefixOf(apiId)?.[6]) {
    case undefined:
      return null;
    case 'e':
      return 'eu';
    case 'f':
      return 'us';
    default:
      return 'com';
  }
}

function randomHex(random: RandomSource, count: number): string {
  return Buffer.from(random.bytes(count)).toString('hex');
}
