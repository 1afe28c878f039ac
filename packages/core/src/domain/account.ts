/** A custom field of the account's application profiles. @public */
export interface CustomField {
  readonly id: string;
  /** For instance `Custom 1`. */
  readonly name: string;
}

/** A planned downtime of the platform; one in the past means that nothing is planned. @public */
export interface Maintenance {
  /** ISO 8601 UTC. */
  readonly startsAt: string | null;
  /** ISO 8601 UTC. */
  readonly endsAt: string | null;
  readonly title: string;
  /** May be HTML. */
  readonly description: string;
}
