import type { IssuedCredentials } from './keyring.js';

/** A pair without its secret, for people and tests; times are wall time, milliseconds since the Unix epoch. @public */
export interface CredentialsView {
  readonly userName: string;
  readonly apiId: string;
  readonly expiresAtMs: number;
  /** When a newer pair ends it; null while there is none. */
  readonly endsAtMs: number | null;
  readonly revokedBy: string | null;
  readonly revokedAtMs: number | null;
}

export function viewOfCredentials({ userName, apiId, expiresAtMs, endsAtMs, revoked }: IssuedCredentials): CredentialsView {
  return { userName, apiId, expiresAtMs, endsAtMs: endsAtMs ?? null, revokedBy: revoked?.by ?? null, revokedAtMs: revoked?.atMs ?? null };
}
