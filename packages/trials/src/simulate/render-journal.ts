import type { SeedRecord } from './seed-record.js';

/** The journal of a world, one line a request: equal bytes for equal seeds. */
export function renderJournal({ journal }: SeedRecord): readonly string[] {
  return journal.map(({ sequence, wallMs, account, operation, parameters, status, faults, acted, refusal }) =>
    [
      String(sequence),
      new Date(wallMs).toISOString(),
      account ?? '-',
      operation,
      JSON.stringify(parameters),
      String(status),
      faults.join('+') || '-',
      acted ? 'acted' : '-',
      refusal ?? '',
    ].join(' '),
  );
}
