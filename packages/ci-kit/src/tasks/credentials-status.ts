import {
  accountKindOf,
  AuthenticationError,
  getOwnCredentials,
  getOwnUser,
  isVeracodeError,
  locateAccount,
  pairReader,
  parseCredentials,
  personalMailboxHint,
  type CallingRun,
  type User,
  type WritablePair,
} from '@verapipe/core';
import { printable } from '@verapipe/reports';

import { findUnfinishedPair, unfinishedPath } from '../credentials/destinations/profile-destination.js';
import { expiryNotice, wholeDaysLeft } from '../credentials/expiry.js';
import { checkoutAround } from '../credentials/inside-checkout.js';
import { profileFile, profileName } from '../credentials/profile-file.js';
import { isSuperseded, signingPair, type SigningPair } from '../credentials/signing-pair.js';
import { isThere } from '../files/is-there.js';
import { type Connection, createSecondClient } from '../run/connect.js';
import type { RunContext } from '../run/run-context.js';
import { runTask, type TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';

/** What is known of the credentials, as programs get it. */
interface CredentialsReport {
  readonly schemaVersion: 1;
  readonly account: { readonly userName: string; readonly kind: 'service-account' | 'person'; readonly email: string | null };
  /** Null when the account has no pair. */
  readonly apiId: string | null;
  /** Where the pair in use was found; null of another account. */
  readonly source: string | null;
  /** Null when no end is named, and of a pair that a newer one ends. */
  readonly expiresAt: string | null;
  /** Whole days; null when no end is named, 0 of a pair that a newer one ends. */
  readonly daysLeft: number | null;
  readonly revoked: boolean;
  /** A newer pair of the same account, which ends the one in use; null when there is none. */
  readonly newerApiId: string | null;
  /** What an interrupted rotation has left; null when nothing. */
  readonly unfinished: UnfinishedRotation | null;
  readonly warnings: readonly string[];
  readonly failures: readonly string[];
}

interface UnfinishedRotation {
  readonly path: string;
  readonly apiId: string;
  /** Null where the platform's answer says neither. */
  readonly accepted: boolean | null;
  /** True where a newer pair of its account ends it: it is put nowhere any more. */
  readonly superseded: boolean;
}

/**
 * `verapipe credentials status`: whether the pair in use is accepted, when it ends, whose it is, and what an interrupted
 * rotation has left. Never throws and sets nothing of the process.
 *
 * @public
 */
export function runCredentialsStatus(input: TaskInput): Promise<TaskResult> {
  return runTask(
    input,
    async (run, connection) => ({
      issues: [],
      warnings: [],
      notices: [],
      work: async (calling: CallingRun) => {
        const report = await (run.options.user === null ? ownReport(run, connection, calling) : reportOf(run, calling, run.options.user));
        for (const message of [...report.failures, ...report.warnings]) run.emit({ type: 'warning', message });
        await input.print(run.options.json ? `${JSON.stringify(report, null, 2)}\n` : render(report));
        return report.failures.length === 0;
      },
    }),
    { tellsExpiry: false },
  );
}

async function ownReport(run: RunContext, { choice }: Connection, { client, call }: CallingRun): Promise<CredentialsReport> {
  const unfinished = await findUnfinished(run, call);
  const own = await getOwnCredentials(client, call).catch((error: unknown) => {
    throw withUnfinished(error, unfinished);
  });
  const user = await getOwnUser(client, call);
  const found = 'found' in choice ? choice.found : null;
  const more = unfinished === null ? [] : [describeUnfinished(unfinished)];
  const checkout = await checkoutAround(profileFile(run));
  const failures = checkout === null || !(await isThere(profileFile(run))) ? [] : [`${profileFile(run)} lies in the checkout ${checkout}: move it to a home folder outside of every checkout, and rotate the pairs in it.`];
  const pair = signingPair(own, choice);
  return report(run, { user, pair, apiId: found?.credentials.apiId ?? own.apiId, source: found?.source ?? null, unfinished, warnings: more, failures });
}

async function reportOf(run: RunContext, { client, call }: CallingRun, given: string): Promise<CredentialsReport> {
  const user = await locateAccount(client, given, call);
  const pair = await pairReader({ client, call }, user.guid)();
  return report(run, { user, pair: pair === null ? null : { ...pair, newer: null }, apiId: pair?.apiId ?? null, source: null, unfinished: null, warnings: [], failures: [] });
}

interface KnownFacts extends Pick<CredentialsReport, 'apiId' | 'source' | 'unfinished' | 'warnings' | 'failures'> {
  readonly user: User;
  readonly pair: SigningPair | null;
}

function report(run: RunContext, { user, pair, ...facts }: KnownFacts): CredentialsReport {
  const { kind, warning } = accountKindOf(user);
  // A pair that a newer one ends has a day at most, whatever its own date says.
  const newerApiId = pair?.newer?.apiId ?? null;
  const daysLeft = pair === null || newerApiId !== null ? 0 : wholeDaysLeft(pair, run.clock.now());
  const { failBelow } = run.options;
  const notice = pair === null ? null : expiryNotice(pair, run.clock.now());
  const tooFew = failBelow !== null && daysLeft !== null && daysLeft < failBelow ? `Fewer than ${String(failBelow)} days are left.` : null;
  return {
    schemaVersion: 1,
    account: { userName: user.userName, kind, email: user.email },
    ...facts,
    expiresAt: pair?.expiresAt ?? null,
    daysLeft,
    newerApiId,
    revoked: pair?.revoked ?? false,
    warnings: [...facts.warnings, notice?.message ?? null, warning, personalMailboxHint(user)].filter((text) => text !== null),
    failures: [...facts.failures, pair?.revoked === true ? 'The pair was revoked.' : null, pair === null && failBelow !== null ? 'The account has no pair.' : null, tooFew].filter((text) => text !== null),
  };
}

/** Asks with the pair that an interrupted rotation has left beside its profile. */
async function findUnfinished(run: RunContext, call: CallingRun['call']): Promise<UnfinishedRotation | null> {
  const [file, profile] = [profileFile(run), profileName(run)];
  const pair = await findUnfinishedPair(file, profile);
  return pair === null ? null : { path: unfinishedPath(file, profile), apiId: pair.apiId, ...(await stateOf(run, pair, call)) };
}

async function stateOf(run: RunContext, pair: WritablePair, call: CallingRun['call']): Promise<Pick<UnfinishedRotation, 'accepted' | 'superseded'>> {
  run.hide(pair.apiSecret);
  try {
    const client = createSecondClient(run, parseCredentials({ apiId: pair.apiId, apiKey: pair.apiSecret.reveal() }));
    try {
      return { accepted: true, superseded: isSuperseded(pair.apiId, await getOwnCredentials(client, call)) };
    } finally {
      await client.close();
    }
  } catch (error) {
    if (!isVeracodeError(error) || error.name === 'AbortedError') throw error;
    return { accepted: error.name === 'AuthenticationError' || error.name === 'CredentialError' ? false : null, superseded: false };
  }
}

function describeUnfinished({ path, apiId, accepted, superseded }: UnfinishedRotation): string {
  if (superseded) return `An interrupted rotation left the pair ${apiId} in ${path}, which a newer pair of its account has superseded: the file may be deleted.`;
  if (accepted === null) return `An interrupted rotation left the pair ${apiId} in ${path}; whether the platform accepts it is not known: keep the file, and ask again.`;
  return accepted
    ? `An interrupted rotation left the pair ${apiId} in ${path}, and the platform accepts it: verapipe credentials rotate with the same --to-profile and --yes puts it in place and makes no other.`
    : `An interrupted rotation left the pair ${apiId} in ${path}, which the platform refuses: the file may be deleted.`;
}

/** Where the pair in use is refused, the one beside it is what the user wants to know of. */
function withUnfinished(error: unknown, unfinished: UnfinishedRotation | null): unknown {
  if (unfinished === null || !isVeracodeError(error) || error.name !== 'AuthenticationError') return error;
  return new AuthenticationError(`${error.message} ${describeUnfinished(unfinished)}`, {
    code: error.code,
    context: error.context,
    cause: error,
    ...(error.advice === undefined ? {} : { advice: error.advice }),
  });
}

function render({ account, apiId, source, expiresAt, daysLeft, newerApiId }: CredentialsReport): string {
  const who = `Account ${printable(account.userName)} (${account.kind === 'person' ? 'a person' : 'API service account'})`;
  if (apiId === null) return `${who} has no API credentials.\n`;
  const from = source === null ? '' : `, from ${source}`;
  if (newerApiId !== null) return `${who}\nPair ${printable(apiId)}${from}: superseded by ${printable(newerApiId)}, ends within 24 hours of its making.\n`;
  const end = expiresAt === null ? 'no end named' : `until ${expiresAt}`;
  const left = daysLeft === null ? '' : `, ${String(Math.max(0, daysLeft))} days left`;
  return `${who}\nPair ${printable(apiId)}${from}: ${end}${left}.\n`;
}
