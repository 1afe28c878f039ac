/** A development sandbox of an application. @public */
export interface Sandbox {
  readonly id: string;
  readonly name: string;
  readonly owner: string | null;
  /** ISO 8601 UTC. */
  readonly modifiedAt: string | null;
  readonly expiresAt: string | null;
}
