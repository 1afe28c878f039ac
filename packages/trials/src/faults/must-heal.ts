import type { Cell } from './cells.js';
import { credentialVariantOf } from './credential-variants.js';

/** Cells that no repeat can heal. */
interface Exception {
  readonly reason: string;
  readonly applies: (cell: Cell) => boolean;
}

/** What need not be healed, and why. Everything else must be: once and twice are fewer than five retries. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    reason: 'the secret of a new pair is told once: a lost answer takes it along, and another pair would end that one',
    applies: (cell) => credentialVariantOf(cell)?.change === cell.operation,
  },
];

/** True for a cell that one repeat, or two, can heal. */
export function mustHeal(cell: Cell): boolean {
  return EXCEPTIONS.every(({ applies }) => !applies(cell));
}
