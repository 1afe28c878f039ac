import type { KillCell } from './kill-cell.js';

/** A cell and its end. */
export interface JudgedKill extends KillCell {
  /** `locked out`: no pair is left, as was announced before the call, and as only a platform that ends the old one at once makes it. */
  readonly outcome: 'resumed' | 'locked out' | 'WRONG';
  /** Of the process that went on; of the one that was ended where nobody went on. */
  readonly exitCode: number;
  readonly why: readonly string[];
}
