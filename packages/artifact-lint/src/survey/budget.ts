import type { LintBounds } from '../archive/bounds.js';

/** What is left of the bounds while one artifact is read. */
export interface Budget {
  readonly bounds: LintBounds;
  /** Counts an entry. @returns false when there may be no more */
  takeEntry(): boolean;
  /** @returns false when nothing more may be unpacked to look into */
  takeContent(bytes: number): boolean;
  /** @returns false when the archives in the artifact are too large together */
  takeNested(bytes: number): boolean;
}

/** Starts with everything that the bounds allow. */
export function createBudget(bounds: LintBounds): Budget {
  const left = { entries: bounds.entries, content: bounds.contentBytes, nested: bounds.allNestedBytes };
  const take = (what: keyof typeof left, amount: number): boolean => {
    if (amount > left[what]) return false;
    left[what] -= amount;
    return true;
  };
  return {
    bounds,
    takeEntry: () => take('entries', 1),
    takeContent: (bytes) => take('content', bytes),
    takeNested: (bytes) => take('nested', bytes),
  };
}
