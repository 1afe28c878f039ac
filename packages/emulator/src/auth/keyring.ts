import type { EmulatedAccount } from '../exchange.js';
import type { RandomSource } from '../random-source.js';
import type { AccountSpec } from '../scenarios/account-schema.js';
import type { Settings } from '../scenarios/settings-schema.js';

/** Credentials of an account, as they are handed to a client. */
export interface IssuedCredentials {
  readonly userName: string;
  /** With a region prefix where the scenario gives one. */
  readonly apiId: string;
  readonly apiKey: string;
  /** Wall time, milliseconds since the Unix epoch. */
  readonly expiresAtMs: number;
  /** When a newer pair ends this one, wall time; absent while there is none. */
  readonly endsAtMs?: number | undefined;
  readonly revoked?: Revocation | undefined;
}

/** Who took a pair back, and when (wall time). */
export interface Revocation {
  readonly by: string;
  readonly atMs: number;
}

/** What the verifier needs to know of an id. */
export interface KnownKey {
  readonly account: EmulatedAccount;
  /** The key's bytes. */
  readonly key: Uint8Array;
  readonly expiresAtMs: number;
  readonly endsAtMs: number;
  readonly revoked: boolean;
  /** Region that the prefix names; null: no prefix, good everywhere. */
  readonly region: 'com' | 'eu' | 'us' | null;
}

/** An account, whether the scenario or a call has made it. */
export type AccountFacts = Pick<AccountSpec, 'userName' | 'kind' | 'roles' | 'teams'>;

/** Every pair of credentials that the emulated platform knows. */
export interface Keyring {
  /** Every pair there ever was, the older ones of an account first. */
  all(): readonly IssuedCredentials[];
  /** The pair of each account that is its newest, in the order of the accounts. */
  newest(): readonly IssuedCredentials[];
  /** The newest pair of an account; an account that never got one has none. */
  ofUser(userName: string): IssuedCredentials | undefined;
  /** A pair by its id, with or without prefix. */
  byId(apiId: string): IssuedCredentials | undefined;
  /** By the id without prefix, in any case. */
  find(id: string): KnownKey | undefined;
  /** Makes a pair, and ends the older ones of that account as the setting says. */
  issue(userName: string, making: { readonly wallMs: number; readonly likeId?: string }): IssuedCredentials;
  revoke(apiId: string, revocation: Revocation): void;
  /** The text without any secret key in it. */
  redact(text: string): string;
}

const dayMs = 86_400_000;
const lifeDays = 365;
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
  const issued = accounts.flatMap((account): readonly IssuedCredentials[] => {
    const before = earlier.filter(({ userName }) => userName === account.userName);
    // A pair that was made by a call outlives a restart, and with it what became of the scenario's own.
    if (before.length > 1) {
      return before;
    }
    const [only] = before;
    const fresh = { apiId: randomHex(random, idBytes), apiKey: randomHex(random, keyBytes) };
    const apiId = account.apiId ?? only?.apiId ?? fresh.apiId;
    return [
      {
        ...only,
        userName: account.userName,
        apiId,
        apiKey: account.apiKey ?? only?.apiKey ?? `${keyPrefixOf(apiId)}${fresh.apiKey}`,
        expiresAtMs: only?.expiresAtMs ?? wallMs + account.credentialsExpireInDays * dayMs,
      },
    ];
  });
  const named = new Set(accounts.map(({ userName }) => userName));
  return [...issued, ...earlier.filter(({ userName }) => !named.has(userName))];
}

/**
 * Looks accounts up by the ids that were issued to them.
 *
 * @param options.accounts - the accounts of this moment; calls add to them
 */
export function createKeyring(options: {
  readonly accounts: () => readonly AccountFacts[];
  readonly credentials: readonly IssuedCredentials[];
  readonly random: RandomSource;
  readonly oldCredentials: Settings['oldCredentials'];
}): Keyring {
  const { accounts, random, oldCredentials } = options;
  let pairs = [...options.credentials];
  const secrets = (): RegExp[] => pairs.map(({ apiKey }) => new RegExp(withoutPrefix(apiKey), 'gi'));
  let patterns = secrets();
  const ofUser = (userName: string): IssuedCredentials | undefined => pairs.findLast((pair) => pair.userName === userName);
  const byId = (apiId: string): IssuedCredentials | undefined => pairs.find((pair) => isSameId(pair.apiId, apiId));
  return {
    all: () => pairs,
    newest: () => accounts().flatMap(({ userName }) => ofUser(userName) ?? []),
    ofUser,
    byId,
    find(id) {
      const pair = byId(id);
      const account = accounts().find(({ userName }) => userName === pair?.userName);
      return pair === undefined || account === undefined ? undefined : knownKey(account, pair);
    },
    issue(userName, { wallMs, likeId = ofUser(userName)?.apiId ?? '' }) {
      const endsAtMs = oldCredentials === '24h' ? wallMs + dayMs : wallMs;
      pairs = pairs.map((pair) => (pair.userName === userName ? { ...pair, endsAtMs: Math.min(pair.endsAtMs ?? Infinity, endsAtMs) } : pair));
      const prefix = prefixOf(likeId);
      const apiId = `${prefix === undefined ? '' : `${prefix}-`}${randomHex(random, idBytes)}`;
      const issued = { userName, apiId, apiKey: `${keyPrefixOf(apiId)}${randomHex(random, keyBytes)}`, expiresAtMs: wallMs + lifeDays * dayMs };
      pairs.push(issued);
      patterns = secrets();
      return issued;
    },
    revoke(apiId, revoked) {
      pairs = pairs.map((pair) => (isSameId(pair.apiId, apiId) && pair.revoked === undefined ? { ...pair, revoked } : pair));
    },
    redact: (text) => patterns.reduce((safe, secret) => safe.replaceAll(secret, '[secret key]'), text),
  };
}

function knownKey({ userName, kind, roles, teams }: AccountFacts, { apiId, apiKey, expiresAtMs, endsAtMs = Infinity, revoked }: IssuedCredentials): KnownKey {
  return {
    account: { apiId: withoutPrefix(apiId).toLowerCase(), userName, kind, roles, teams },
    key: Buffer.from(withoutPrefix(apiKey), 'hex'),
    expiresAtMs,
    endsAtMs,
    revoked: revoked !== undefined,
    region: regionOf(apiId),
  };
}

function isSameId(left: string, right: string): boolean {
  return withoutPrefix(left).toLowerCase() === withoutPrefix(right).toLowerCase();
}

/** `vera01ei` of `vera01ei-...`. */
function prefixOf(id: string): string | undefined {
  return id.includes('-') ? id.slice(0, id.indexOf('-')).toLowerCase() : undefined;
}

function keyPrefixOf(id: string): string {
  return prefixOf(id)?.replace(/i$/, 's-') ?? '';
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
