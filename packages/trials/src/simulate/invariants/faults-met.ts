import { EPOCH_MS } from '../../world/virtual-time.js';
import type { ProcessRecord, SeedRecord } from '../seed-record.js';
import { accountOf } from './journal-of.js';

/** Faults that leave something behind, for whoever comes later: what reads show, and what became of a build. */
const LASTING: ReadonlySet<string> = new Set(['stale-read', 'duplicate-name', 'stuck-prescan', 'scan-failed', 'policy-calculating', 'deleted-build', 'cancelled-in-ui']);

/** Times of the wall and of a world differ by less, from rounding. */
const SAME_MS = 1;

/** Kinds of the faults that a process has met; what was planned need not have come to pass. */
export function faultsMet({ journal }: SeedRecord, process: ProcessRecord): ReadonlySet<string> {
  const { startMs, endMs } = process;
  const owner = accountOf(process);
  const met = journal.flatMap(({ account, faults, wallMs }) => {
    const atMs = wallMs - EPOCH_MS;
    if (atMs > endMs + SAME_MS) return [];
    // Nobody is known to have sent what was answered before its signature was looked at.
    const isOwn = atMs >= startMs - SAME_MS && (account === owner || account === null);
    return faults.map(kindOf).filter((kind) => isOwn || LASTING.has(kind));
  });
  return new Set(met);
}

/** The kind without its argument: `status` of `status:503:20`. */
function kindOf(fault: string): string {
  return fault.split(':', 1)[0] ?? fault;
}
