import type { JournalEntry } from '@verapipe/emulator';

import { EPOCH_MS } from '../../world/virtual-time.js';
import type { ProcessRecord, SeedRecord } from '../seed-record.js';

/** Whose credentials a process has; an account has one process at a time. */
export function accountOf({ pipeline }: Pick<ProcessRecord, 'pipeline'>): 'ours' | 'rival' {
  return pipeline === 'rival' ? 'rival' : 'ours';
}

/** The requests of one process: those of its account while it lived. */
export function journalOf({ journal }: SeedRecord, process: ProcessRecord): readonly JournalEntry[] {
  const { startMs, endMs } = process;
  const owner = accountOf(process);
  return journal.filter(({ account, wallMs }) => account === owner && wallMs >= EPOCH_MS + startMs && wallMs <= EPOCH_MS + endMs);
}
