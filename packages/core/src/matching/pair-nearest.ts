import { createHeap } from './heap.js';

/** Something on a line of numbers. */
interface Positioned {
  readonly line: number | null;
}

/** A member of the merged list of both sides; neighbours that were paired are unlinked. */
interface Node<T> {
  readonly item: T;
  readonly line: number;
  readonly isLeft: boolean;
  readonly order: number;
  before: Node<T> | null;
  after: Node<T> | null;
  isPaired: boolean;
}

interface Candidate<T> {
  readonly distance: number;
  readonly first: Node<T>;
  readonly second: Node<T>;
}

/**
 * Pairs two lists one-to-one, always the nearest two that are left, until one list is used up or nothing lies within
 * reach. n log n: the nearest pair is always two neighbours, so only neighbours are looked at.
 *
 * @param left - in the order of their lines, like `right`; equal lists give the same pairs whatever they came from
 * @param reach - the widest distance in lines
 */
export function pairNearest<T extends Positioned>(left: readonly T[], right: readonly T[], reach: number): (readonly [left: T, right: T])[] {
  const heap = createHeap<Candidate<T>>((a, b) => a.distance - b.distance || a.first.order - b.first.order);
  const consider = (first: Node<T> | null, second: Node<T> | null): void => {
    if (first === null || second === null || first.isLeft === second.isLeft) return;
    const distance = second.line - first.line;
    if (distance <= reach) heap.push({ distance, first, second });
  };
  const nodes = mergedNodes(left, right);
  for (const node of nodes) consider(node, node.after);

  const pairs: (readonly [T, T])[] = [];
  for (let nearest = heap.pop(); nearest !== undefined; nearest = heap.pop()) {
    const { first, second } = nearest;
    if (first.isPaired || second.isPaired) continue;
    first.isPaired = second.isPaired = true;
    pairs.push(first.isLeft ? [first.item, second.item] : [second.item, first.item]);
    if (first.before !== null) first.before.after = second.after;
    if (second.after !== null) second.after.before = first.before;
    consider(first.before, second.after);
  }
  return pairs;
}

function mergedNodes<T extends Positioned>(left: readonly T[], right: readonly T[]): readonly Node<T>[] {
  const merged = [...ranked(left, true), ...ranked(right, false)]
    .sort((a, b) => a.line - b.line || a.rank - b.rank || Number(b.isLeft) - Number(a.isLeft))
    .map((node, order): Node<T> => ({ ...node, order, before: null, after: null, isPaired: false }));
  for (const [index, node] of merged.entries()) {
    node.before = merged[index - 1] ?? null;
    node.after = merged[index + 1] ?? null;
  }
  return merged;
}

/** The rank among those on the same line lets the first of one side stand beside the first of the other. */
function ranked<T extends Positioned>(items: readonly T[], isLeft: boolean): (Pick<Node<T>, 'item' | 'line' | 'isLeft'> & { readonly rank: number })[] {
  let [lineBefore, rank] = [Number.NaN, 0];
  return items.map((item) => {
    const line = item.line ?? 0;
    rank = line === lineBefore ? rank + 1 : 0;
    lineBefore = line;
    return { item, line, isLeft, rank };
  });
}
