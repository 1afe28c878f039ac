import { expiryNotice, lookUpExpiry, type ExpiryNotice, type SigningClient } from '../credentials/expiry.js';
import type { SigningPair } from '../credentials/signing-pair.js';
import type { RunContext } from './run-context.js';

/** Does a command's work, and tells beside it when the credentials end soon. */
export async function besideExpiry<T>(run: RunContext, signing: SigningClient, work: () => Promise<T>): Promise<T> {
  const expiry = lookUpExpiry(signing, run.input.signal).then((notice) => {
    tell(run, notice);
  });
  try {
    return await work();
  } finally {
    await expiry;
  }
}

/** Tells when a pair that was looked up ends soon. */
export function tellExpiry(run: RunContext, pair: SigningPair): void {
  tell(run, expiryNotice(pair, run.clock.now()));
}

function tell(run: RunContext, notice: ExpiryNotice | null): void {
  if (notice !== null) run.emit({ type: 'expiry', ...notice });
}
