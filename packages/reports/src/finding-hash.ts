import { createHash } from 'node:crypto';

import type { JudgedFinding } from '@verapipe/core';

/**
 * SHA-256 of what a finding is called: unique in one set of findings, and the same in the next scan. Readers that ask for
 * it take findings with equal values for one. Pure.
 */
export function findingHash({ kind, id }: Pick<JudgedFinding, 'kind' | 'id'>): string {
  return createHash('sha256').update(`${kind}\n${id}`).digest('hex');
}

/** The same as a UUID, in the form of those that are made from names (version 5): some readers know no newer forms. Pure. */
export function findingUuid(finding: Pick<JudgedFinding, 'kind' | 'id'>): string {
  const hash = findingHash(finding);
  return [hash.slice(0, 8), hash.slice(8, 12), `5${hash.slice(13, 16)}`, `a${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
}
