import { createHash } from 'node:crypto';

import type { JudgedFinding } from '@verapipe/core';

import { findingPath } from './finding-path.js';
import type { ScanResults } from './scan-results.js';

type Named = Pick<JudgedFinding, 'kind' | 'id' | 'cwe' | 'location'>;
type Scope = Pick<ScanResults, 'application'>;

/**
 * SHA-256 of what a finding is called: unique among the findings of all applications, and the same in the next scan, also
 * when code moves. Readers that ask for it take findings with equal values for one. Pure.
 *
 * Ids are small numbers that each application begins anew. Where nobody says which application it is, file and weakness
 * keep findings of one number apart.
 *
 * @see docs/decisions/2026-11-26-names-of-findings.md
 */
export function findingHash({ kind, id, cwe, location }: Named, { application }: Scope): string {
  const scope = application === null ? ['in', findingPath(location), cwe] : ['of', application.id];
  return createHash('sha256').update(JSON.stringify([...scope, kind, id])).digest('hex');
}

/** The same as a UUID, in the form of those that are made from names (version 5): some readers know no newer forms. Pure. */
export function findingUuid(finding: Named, scope: Scope): string {
  const hash = findingHash(finding, scope);
  return [hash.slice(0, 8), hash.slice(8, 12), `5${hash.slice(13, 16)}`, `a${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
}
