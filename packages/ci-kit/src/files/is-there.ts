import { stat } from 'node:fs/promises';

/** Whether there is something of that name; a link that leads nowhere is nothing. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
