/** Runs of each side in a comparison. */
export const ROUNDS = 5;

/** The middle of an odd number of values, the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const lower = sorted.length % 2 === 0 ? sorted[middle - 1] : upper;
  if (upper === undefined || lower === undefined) throw new RangeError('The median of nothing does not exist.');
  return (lower + upper) / 2;
}

/**
 * Runs both sides in turn, so that a slow minute of the machine hits both, after one run of each to warm the caches.
 *
 * @returns all samples of each side, in order
 */
export async function interleave<T>(
  ours: (round: number) => Promise<T>,
  theirs: (round: number) => Promise<T>,
  rounds = ROUNDS,
): Promise<{ readonly ours: readonly T[]; readonly theirs: readonly T[] }> {
  const samples: { ours: T[]; theirs: T[] } = { ours: [], theirs: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const [mine, other] = [await ours(round), await theirs(round)];
    if (round === 0) continue;
    samples.ours.push(mine);
    samples.theirs.push(other);
  }
  return samples;
}
