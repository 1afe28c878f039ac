import { generateCredentialsOfUser, generateOwnCredentials, getOwnCredentials, type IssuedPair, type OwnCredentials } from '../api/rest/credentials.js';
import { type Region, withRegionPrefix } from '../auth/region.js';
import type { WritablePair } from '../domain/credential-destination.js';
import { AuthenticationError, isVeracodeError, LocalError, ServiceError, type VeracodeError } from '../kernel/errors.js';
import { Secret } from '../kernel/redact.js';
import { explainLostSecret, lockedOut, ROTATE_USER } from './lost-secret.js';
import { pairReader, refuseSecondPair } from './read-pair.js';
import type { CallingRun } from './run.js';
import { credentialsOf, findUnfinishedRotation, type UnfinishedRotation, type UnfinishedSearch } from './unfinished-rotation.js';

/** A pair may take a moment to be known everywhere. @see docs.veracode.com "Generate API credentials with the REST API" */
const SETTLING_MS = 5000;

/** What a rotation has come to; in this order. @public */
export type RotationEvent =
  /** The last moment before the platform is asked for a pair. */
  | { readonly step: 'generating'; readonly endsPair: string | null }
  /** The pair outlives this process from now on. */
  | { readonly step: 'written'; readonly apiId: string; readonly place: string }
  | { readonly step: 'verified'; readonly apiId: string };

/** What to rotate, and where the new pair goes. @public */
export interface RotationRequest extends UnfinishedSearch {
  /** True where an account with a good pair is left alone, so that the same request cannot make up for a lost one. @defaultValue false */
  readonly isFirst?: boolean;
  /** Where a new pair without prefix belongs. */
  readonly region: Region;
  readonly onEvent: (event: RotationEvent) => void;
}

/** A new pair that is in place and proven. @public */
export interface RotatedCredentials {
  /** User name of the account that the pair is of; null when it was not read. */
  readonly account: string | null;
  readonly apiId: string;
  /** ISO 8601 UTC; null when the platform names no end. */
  readonly expiresAt: string | null;
  /** The pair that the account had before; null when there was none, or when it was not read. */
  readonly oldApiId: string | null;
  /** Whether the old pair was still accepted right after; null when nobody asked, or the answer left it in doubt. */
  readonly oldStillWorks: boolean | null;
  /** True when an earlier process had made and written the pair, and this one only put it in place. */
  readonly resumed: boolean;
}

/**
 * Makes a new pair, writes it down, proves it with a signed call, and only then lets it take the old one's place.
 *
 * The one window in which a secret exists nowhere but in memory lies between the platform's answer and the end of
 * `destination.write`; before the call the destination is proven, and nothing else happens in between. An unfinished
 * rotation of an earlier process is finished first, and nothing is made then.
 *
 * @throws ServiceError `no-pair-made`, `secret-lost`, `pair-unknown` (see `explainLostSecret`), `new-pair-unverified`;
 *   ConflictError `pair-exists` (only with `isFirst`), `pair-of-another-account`; AuthenticationError `no-pair-left`, `new-pair-refused`; LocalError; the errors of the calls
 * @public
 */
export async function rotateCredentials(run: CallingRun, request: RotationRequest): Promise<RotatedCredentials> {
  const { destination } = request;
  try {
    const unfinished = await findUnfinishedRotation(run, request);
    return unfinished?.use === 'place' ? await finish(request, unfinished) : await makeAndPlace(run, request, unfinished);
  } finally {
    await destination.release();
  }
}

/** @param refused - what an earlier process has left, and is good for nothing */
async function makeAndPlace(run: CallingRun, request: RotationRequest, refused: UnfinishedRotation | null): Promise<RotatedCredentials> {
  const { destination, userGuid, isFirst = false } = request;
  const old = await pairReader(run, userGuid)();
  if (isFirst) refuseSecondPair(old, run.client.clock.now());
  if (refused !== null) await destination.discardUnfinished();
  await destination.prove();
  request.onEvent({ step: 'generating', endsPair: old?.apiId ?? null });
  const issued = await generate(run, request, old);
  const pair = writable(issued, request.region);
  const place = await write(run, request, pair);
  request.onEvent({ step: 'written', apiId: pair.apiId, place });
  const { expiresAt } = await verify(run, request, { pair, place });
  request.onEvent({ step: 'verified', apiId: pair.apiId });
  await destination.commit(pair);
  const oldStillWorks = userGuid === null ? await isAccepted(run) : null;
  return { account: null, apiId: pair.apiId, expiresAt: expiresAt ?? issued.expiresAt, oldApiId: old?.apiId ?? null, oldStillWorks, resumed: false };
}

/** A pair that stands beside its place already is put there. */
async function finish({ destination, onEvent }: RotationRequest, { pair, account, expiresAt }: Extract<UnfinishedRotation, { readonly use: 'place' }>): Promise<RotatedCredentials> {
  onEvent({ step: 'verified', apiId: pair.apiId });
  await destination.commit(pair);
  return { account, apiId: pair.apiId, expiresAt, oldApiId: null, oldStillWorks: null, resumed: true };
}

async function generate(run: CallingRun, { userGuid, isFirst = false }: RotationRequest, old: OwnCredentials | null): Promise<IssuedPair> {
  const { client, call } = run;
  try {
    return await (userGuid === null ? generateOwnCredentials(client, call) : generateCredentialsOfUser(client, { userGuid }, call));
  } catch (error) {
    if (!isVeracodeError(error) || error.outcome !== 'unknown') throw error;
    throw await explainLostSecret({ error, before: old?.apiId ?? null, readPair: pairReader(run, userGuid), isOwn: userGuid === null, isFirst });
  }
}

async function write(run: CallingRun, { destination, userGuid, isFirst = false }: RotationRequest, pair: WritablePair): Promise<string> {
  try {
    return await destination.write(pair);
  } catch (error) {
    const reason = isVeracodeError(error) ? error.message : 'Writing failed.';
    const what = `${reason} The platform has made the pair ${pair.apiId}, and its secret is lost`;
    const stillWorks = userGuid === null ? await isAccepted(run) : null;
    if (stillWorks === false) throw lockedOut(`${what}; the pair that was in use has ended`, { cause: error });
    const fate = stillWorks === true ? ' The pair in use still works; by the pages of the vendor for 24 hours at most.' : userGuid === null ? ' Whether the pair in use still works is not known: run verapipe credentials status.' : '';
    throw new LocalError(`${what}.${fate}`, {
      code: 'pair-not-written',
      cause: error,
      advice: `See to ${destination.describe}, then ${isFirst ? ROTATE_USER : 'give the same command again, soon'}: it makes another pair.`,
    });
  }
}

async function verify(run: CallingRun, { connect, isFirst = false }: RotationRequest, { pair, place }: { readonly pair: WritablePair; readonly place: string }): Promise<OwnCredentials> {
  const where = `The new pair ${pair.apiId} stands in ${place}`;
  try {
    const client = connect(credentialsOf(pair));
    const first = await getOwnCredentials(client, run.call).catch((error: unknown) => {
      if (isVeracodeError(error) && error.name === 'AuthenticationError') return null;
      throw error;
    });
    if (first !== null) return first;
    await client.clock.sleep(SETTLING_MS, run.call.signal);
    return await getOwnCredentials(client, run.call);
  } catch (error) {
    if (!isVeracodeError(error) || error.name === 'AbortedError') throw error;
    throw unverified(where, error, isFirst);
  }
}

/** Both stay where they are: the old pair in its place, the new one where it was written. */
function unverified(where: string, error: VeracodeError, isFirst: boolean): VeracodeError {
  const options = {
    cause: error,
    context: error.context,
    advice: `Run verapipe credentials status, then the same command again: a profile is finished with the pair that was written; every other destination gets another pair${isFirst ? `, if you ${ROTATE_USER}` : ''}.`,
  };
  return error.name === 'AuthenticationError' || error.name === 'CredentialError'
    ? new AuthenticationError(`${where}, but the platform refuses it: ${error.message}`, { ...options, code: 'new-pair-refused' })
    : new ServiceError(`${where}; it could not be proven: ${error.message}`, { ...options, code: 'new-pair-unverified', outcome: 'unknown' });
}

/** Whether the pair that the run signs with is accepted now; null where the answer says neither. */
async function isAccepted({ client, call }: CallingRun): Promise<boolean | null> {
  try {
    await getOwnCredentials(client, { ...call, attempts: 1 });
    return true;
  } catch (error) {
    if (!isVeracodeError(error) || error.name === 'AbortedError') throw error;
    return error.name === 'AuthenticationError' ? false : null;
  }
}

function writable({ apiId, apiSecret }: IssuedPair, region: Region): WritablePair {
  const text = apiSecret.reveal();
  const secret = withRegionPrefix(text, 'key', region);
  return { apiId: withRegionPrefix(apiId, 'id', region), apiSecret: secret === text ? apiSecret : new Secret(secret) };
}
