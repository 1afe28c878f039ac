import { lookUpExpiry, type SigningClient } from '../credentials/expiry.js';
import type { RunContext } from './run-context.js';

/** Does a command's work, and tells beside it when the credentials end soon. */
export async function besideExpiry<T>(run: RunContext, signing: SigningClient, work: () => Promise<T>): Promise<T> {
  const expiry = lookUpExpiry(signing, run.input.signal).then((notice) => {
    if (notice !== null) run.emit({ type: 'expiry', ...notice });
  });
  try {
    return await work();
  } finally {
    await expiry;
  }
}
