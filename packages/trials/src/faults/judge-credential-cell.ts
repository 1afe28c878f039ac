import type { IssuedCredentials, JournalEntry, RunningEmulator } from '@verapipe/emulator';

import type { Cell } from './cells.js';
import type { CredentialVariant } from './credential-variants.js';
import { FITTING_CODES, type JudgedCell } from './judge-cell.js';

/** The platform and the credentials file at one moment. */
export interface CredentialMoment {
  readonly exitCode: number;
  readonly snapshot: Pick<ReturnType<RunningEmulator['snapshot']>, 'credentials'> & { readonly state: { readonly users: readonly { readonly userName: string }[] } };
  readonly journal: readonly Pick<JournalEntry, 'operation' | 'acted'>[];
  /** The newest pair of each account. */
  readonly newest: readonly Pick<IssuedCredentials, 'apiId' | 'apiKey'>[];
  /** Text of the credentials file. */
  readonly file: string;
}

/** What is known of a cell: after the run, and after the next one where one was needed. */
export interface CredentialCellFacts {
  readonly cell: Cell;
  readonly variant: CredentialVariant;
  readonly end: CredentialMoment;
  readonly next: CredentialMoment | null;
  /** After what helps where the next run has told that there is a pair; null where it was not given. */
  readonly remedy: CredentialMoment | null;
}

const LOCKED_OUT = 3;
/** A first pair is there already, says `generate`. */
export const HAS_PAIR = 4;

/** Judges a cell of a command that changes credentials, by the platform's state and the file. Pure. */
export function judgeCredentialCell({ cell, variant, end, next, remedy }: CredentialCellFacts): JudgedCell {
  const { exitCode } = end;
  const why = exitCode === 0 ? notDone(variant, end) : notLoud(variant, end, isLost(variant, end, next) ? remedy : next);
  // Read-backs go between attempts; a secret has none.
  const blind = isRotation(variant) && actedOf(variant, end) > 1 ? [`${variant.change} took effect ${actedOf(variant, end)} times in one run`] : [];
  const wrong = [...why, ...blind];
  return { ...cell, outcome: wrong.length > 0 ? 'WRONG' : exitCode === 0 ? 'healed' : 'loud', exitCode, why: wrong };
}

function notDone({ makes }: CredentialVariant, { snapshot, newest, file }: CredentialMoment): readonly string[] {
  if (makes === 'revocation') return snapshot.credentials.filter(({ revokedBy }) => revokedBy !== null).length === 1 ? [] : ['the pair is not revoked, or another is'];
  if (makes === 'account') return snapshot.state.users.map(({ userName }) => userName).join() === 'ci-two' ? [] : [`the accounts made are: ${snapshot.state.users.map(({ userName }) => userName).join() || 'none'}`];
  const pair = newest[makes.pairOf];
  return pair !== undefined && file.includes(pair.apiId) && file.includes(pair.apiKey) ? [] : ['the newest pair is not in the file'];
}

/**
 * The next run makes up for it. The one exception: the platform has ended the pair in use, and the secret of the new
 * one was in the lost answer; then nothing but another account helps, and the code of refused credentials says so.
 */
function notLoud(variant: CredentialVariant, end: CredentialMoment, next: CredentialMoment | null): readonly string[] {
  const isLockedOut = variant.name.endsWith('at-once') && actedOf(variant, end) === 1 && end.exitCode === LOCKED_OUT;
  if (isLockedOut) return next?.exitCode === LOCKED_OUT ? [] : [`the next run ended with ${next?.exitCode ?? 'nothing'}`];
  const faults = FITTING_CODES.includes(end.exitCode) ? [] : [`it ended with ${end.exitCode}`];
  return next?.exitCode === 0 ? [...faults, ...notDone(variant, next)] : [...faults, `the next run ended with ${next?.exitCode ?? 'nothing'}`];
}

/** The first pair was made, and its secret was in the lost answer: the same command must not make a second one. */
function isLost(variant: CredentialVariant, end: CredentialMoment, next: CredentialMoment | null): boolean {
  return variant.remedy !== undefined && actedOf(variant, end) === 1 && notDone(variant, end).length > 0 && next?.exitCode === HAS_PAIR;
}

function isRotation({ makes }: CredentialVariant): boolean {
  return typeof makes === 'object';
}

function actedOf({ change }: CredentialVariant, { journal }: CredentialMoment): number {
  return journal.filter((entry) => entry.operation === change && entry.acted).length;
}
