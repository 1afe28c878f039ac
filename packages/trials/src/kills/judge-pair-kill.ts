import type { PairChange, Phase } from './credential-changes.js';

/** What is known after the kill and after somebody went on. */
export interface PairKillFacts {
  /** How far the killed process had come, as its last step says. */
  readonly phase: Phase;
  readonly change: Pick<PairChange, 'kind' | 'oldCredentials' | 'place'>;
  /** Pairs that the killed process has made. */
  readonly madeFirst: number;
  /** Places with a pair of the account that the platform accepts, right after the kill. */
  readonly working: readonly string[];
  /** Of `credentials status`, right after the kill. */
  readonly statusCode: number;
  /** Of the same command, given again. */
  readonly exitCode: number;
  /** Of `credentials rotate --user`, which is told where a first pair is there and nobody has it; null where it was not given. */
  readonly cureCode: number | null;
  /** Whether the place of the new pair has one that is accepted and the newest, at the end. */
  readonly isInPlace: boolean;
  /** Pairs that were made, by all. */
  readonly made: number;
  /** Files with a pair that nobody knows of, at the end. */
  readonly stray: readonly string[];
}

/** What is to come of an end at that phase. */
interface Wanted {
  readonly status: number;
  readonly exit: number;
  readonly cure: number | null;
  readonly made: number;
}

/**
 * Judges a killed command that makes a pair. Where the platform keeps the old pair for a day, a working pair is always
 * left, `status` finds it, and the same command comes to its end. Where it ends the old pair at once, the pair that signs
 * is good for nothing once another is made and not yet in place; lost is only what was in the one window that is
 * announced. An administrator's own pair never ends by it. Pure.
 */
export function judgePairKill(facts: PairKillFacts): readonly string[] {
  const { change, madeFirst, working, statusCode, exitCode, cureCode, isInPlace, made, stray } = facts;
  // A late request whose sender is gone may be refused after all.
  const phase = facts.phase === 'lost' && madeFirst === 0 ? 'unmade' : facts.phase;
  const wanted = change.kind === 'rotate' ? wantedOfOwn(phase, change.oldCredentials === '24h') : wantedOfOther(phase, change.kind);
  const isLockedOut = phase === 'lost' && wanted.exit === 3;
  return [
    madeFirst === (phase === 'unmade' ? 0 : 1) ? null : `the killed process has made ${String(madeFirst)} pairs`,
    statusCode === wanted.status ? null : `credentials status ended with ${String(statusCode)}`,
    working.length > 0 === !isLockedOut ? null : `working pairs were in: ${working.join(', ') || 'no place'}`,
    exitCode === wanted.exit ? null : `the same command ended with ${String(exitCode)}`,
    cureCode === wanted.cure ? null : `rotate --user ended with ${String(cureCode)}`,
    isInPlace === !isLockedOut ? null : `the newest pair is ${isInPlace ? '' : 'not '}in its place`,
    made === wanted.made ? null : `${String(made)} pairs were made`,
    stray.length === 0 ? null : `a pair is left in ${stray.join(', ')}`,
  ].filter((fault) => fault !== null);
}

function wantedOfOwn(phase: Phase, isKept: boolean): Wanted {
  const well = { status: 0, exit: 0, cure: null };
  switch (phase) {
    case 'unmade':
      return { ...well, made: 1 };
    case 'lost':
    case 'stored':
      return isKept ? { ...well, made: 2 } : { status: 3, exit: 3, cure: null, made: 1 };
    case 'beside':
      return { ...well, status: isKept ? 0 : 3, made: 1 };
    case 'placed':
      return { ...well, made: 1 };
    case 'done':
      return { ...well, made: 2 };
  }
}

/** An account that has a good pair gets no first one: that is said with 4, and what makes another one. */
function wantedOfOther(phase: Phase, kind: 'rotate --user' | 'generate'): Wanted {
  const well = { status: 0, exit: 0, cure: null };
  const isFirst = kind === 'generate';
  switch (phase) {
    case 'unmade':
    case 'beside':
    case 'placed':
      return { ...well, made: 1 };
    case 'lost':
      return { ...well, exit: isFirst ? 4 : 0, cure: isFirst ? 0 : null, made: 2 };
    case 'stored':
    case 'done':
      return { ...well, exit: isFirst ? 4 : 0, made: isFirst ? 1 : 2 };
  }
}
