import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const RAM_DISK = '/dev/shm';

/** A folder for many small files that nobody keeps: in memory, where the system has such a place. */
export function ramFolder(): string {
  return existsSync(RAM_DISK) ? RAM_DISK : tmpdir();
}
