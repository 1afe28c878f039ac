import type { JournalEntry, RunningEmulator } from '@verapipe/emulator';

import { CREDENTIAL_VARIANTS, type CredentialVariant } from '../faults/credential-variants.js';
import type { KillCell, Moment } from './kill-cell.js';

/** A command that ends a pair or makes an account, and what giving it again comes to once it has taken effect. */
export interface AccountChange extends CredentialVariant {
  /** Exit code of the same command where the killed one did it: all is as it was wanted, or said to be. */
  readonly codeWhenDone: number;
  /** Every call, and how often; the look at the own pair goes on beside them. */
  readonly calls: readonly (readonly [step: string, nth: number])[];
}

const ROOT = '/api/authn/v2';

/** Every such command that is killed. */
export const ACCOUNT_CHANGES: readonly AccountChange[] = CREDENTIAL_VARIANTS.flatMap((variant): readonly AccountChange[] => {
  const { makes, change } = variant;
  const found = `GET ${ROOT}/api_credentials/{api_id}`;
  // A pair that was revoked before is as good as one that is revoked now.
  if (makes === 'revocation') return [{ ...variant, codeWhenDone: 0, calls: [[found, 1], [change, 1], [found, 2]] }];
  // An account that is there is left as it is, and that is said.
  if (makes === 'account') return [{ ...variant, codeWhenDone: 4, calls: [[`GET ${ROOT}/teams`, 1], [`GET ${ROOT}/users`, 1], [change, 1], [`GET ${ROOT}/users`, 2]] }];
  return [];
});

export function accountChangeOf({ variant }: { readonly variant: string }): AccountChange | undefined {
  return ACCOUNT_CHANGES.find(({ name }) => name === variant);
}

/** Every call of every such command; reads have no late effect. */
export function accountCells(): readonly KillCell[] {
  return ACCOUNT_CHANGES.flatMap(({ name: variant, calls, change }) =>
    calls.flatMap(([step, nth]) => {
      const moments: readonly Moment[] = step === change ? ['before', 'after', 'late'] : ['before', 'after'];
      return moments.map((moment) => ({ variant, step, nth, moment, signal: 'SIGKILL' as const, goingOn: 'same command' as const }));
    }),
  );
}

/** What is known after the kill and after the same command. */
export interface AccountKillFacts {
  readonly change: Pick<AccountChange, 'makes' | 'change' | 'codeWhenDone'>;
  /** True when the killed process has done it. */
  readonly wasDone: boolean;
  readonly exitCode: number;
  readonly journal: readonly Pick<JournalEntry, 'operation' | 'acted'>[];
  readonly snapshot: Pick<ReturnType<RunningEmulator['snapshot']>, 'credentials'> & { readonly state: { readonly users: readonly { readonly userName: string }[] } };
}

/** It is done once, whoever did it; no other pair and no other account is touched. Pure. */
export function judgeAccountKill({ change, wasDone, exitCode, journal, snapshot }: AccountKillFacts): readonly string[] {
  const acted = journal.filter((entry) => entry.operation === change.change && entry.acted).length;
  const wanted = wasDone ? change.codeWhenDone : 0;
  const revoked = snapshot.credentials.filter(({ revokedBy }) => revokedBy !== null).map(({ userName }) => userName);
  const accounts = snapshot.state.users.map(({ userName }) => userName);
  return [
    exitCode === wanted ? null : `the same command ended with ${String(exitCode)}`,
    acted === 1 ? null : `${change.change} took effect ${String(acted)} times`,
    revoked.join() === (change.makes === 'revocation' ? 'ci' : '') ? null : `the pairs revoked are of: ${revoked.join() || 'nobody'}`,
    accounts.join() === (change.makes === 'account' ? 'ci-two' : '') ? null : `the accounts made are: ${accounts.join() || 'none'}`,
  ].filter((fault) => fault !== null);
}
