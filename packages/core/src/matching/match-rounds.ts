import { type FindingMark, joinKey } from './finding-mark.js';

/**
 * Why two findings are held for the same one.
 *
 * - `exact`: the engine's own hashes are equal.
 * - `id`: the platform gave both the same id.
 * - `near`: CWE, file and function agree; the lines were the nearest that were left.
 *
 * @public
 */
export type MatchConfidence = 'exact' | 'id' | 'near';

/** One pass over what is still unmatched: marks with equal keys are paired, nearest lines first. */
export interface MatchRound {
  readonly confidence: MatchConfidence;
  /** Null: the mark takes no part. */
  readonly baselineKey: (mark: FindingMark) => string | null;
  readonly currentKey: (mark: FindingMark) => string | null;
  /** The widest distance in lines. */
  readonly reach: number;
}

type KeyOf = MatchRound['baselineKey'];

/** Where no function ties two findings together, lines have to: so far code moves in one change, and not much farther. */
const REACH_WITHOUT_FUNCTION = 100;

const byFlawAndFile: KeyOf = (mark) => (mark.flawKey === null ? null : joinKey(mark.flawKey, mark.file));
const byFlaw: KeyOf = (mark) => mark.flawKey;
const byId: KeyOf = (mark) => joinKey(mark.kind, mark.id);
const byFunction: KeyOf = (mark) => (isTied(mark) ? placeKey(mark, mark.function) : null);
const byPlace: KeyOf = (mark) => placeKey(mark, null);
const byUntiedPlace: KeyOf = (mark) => (isTied(mark) ? null : placeKey(mark, null));

/**
 * The rounds in their order: hashes first, then what the platform says; places only where neither speaks.
 *
 * Two flaws whose hashes differ are two flaws for the engine, and two ids are two findings for the platform. A guess by
 * place would then hide a new flaw behind an old one, so it is made only when a side has nothing better.
 *
 * @param idsAreShared - both sides have their ids from one application and context
 */
export function matchRounds(idsAreShared: boolean): readonly MatchRound[] {
  const exact = [byFlawAndFile, byFlaw].map((key): MatchRound => ({ confidence: 'exact', baselineKey: key, currentKey: key, reach: Infinity }));
  if (idsAreShared) return [...exact, { confidence: 'id', baselineKey: byId, currentKey: byId, reach: Infinity }];
  return [
    ...exact,
    ...nearRounds(byFunction, byFunction, Infinity),
    ...nearRounds(byUntiedPlace, byPlace, REACH_WITHOUT_FUNCTION),
    ...nearRounds(byPlace, byUntiedPlace, REACH_WITHOUT_FUNCTION),
  ];
}

function nearRounds(baselineKey: KeyOf, currentKey: KeyOf, reach: number): readonly MatchRound[] {
  const pairs: readonly (readonly [KeyOf, KeyOf])[] = [
    [unhashed(baselineKey), unhashed(currentKey)],
    [unhashed(baselineKey), currentKey],
    [baselineKey, unhashed(currentKey)],
  ];
  return pairs.map(([baseline, current]) => ({ confidence: 'near', baselineKey: baseline, currentKey: current, reach }));
}

function unhashed(key: KeyOf): KeyOf {
  return (mark) => (mark.flawKey === null ? key(mark) : null);
}

/** Components and addresses are places enough; source needs a function as well. */
function isTied({ kind, function: name }: FindingMark): boolean {
  return kind === 'sca' || kind === 'dynamic' || name !== null;
}

/** A finding with a line and one without are not held for near each other. */
function placeKey({ kind, cwe, title, place, line }: FindingMark, name: string | null): string | null {
  return place === null ? null : joinKey(kind, cwe ?? title, place, name, line === null ? 'no line' : null);
}
