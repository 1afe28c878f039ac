import type { JournalEntry } from '@verapipe/emulator';

import { EPOCH_MS } from '../../world/virtual-time.js';
import type { ProcessRecord, SeedRecord } from '../seed-record.js';

/** The requests of one process: those of its account while it lived, because an account has one process at a time. */
export function journalOf({ journal }: SeedRecord, { pipeline, startMs, endMs }: ProcessRecord): readonly JournalEntry[] {
  const owner = pipeline === 'rival' ? 'rival' : 'ours';
  return journal.filter(({ account, wallMs }) => account === owner && wallMs >= EPOCH_MS + startMs && wallMs <= EPOCH_MS + endMs);
}
