/** How the status page sums the platform up; `unknown` for every word that is not known. @public */
export type StatusIndicator = 'none' | 'minor' | 'major' | 'critical' | 'maintenance' | 'unknown';

/** Something that is wrong with the platform, as its status page tells it. @public */
export interface PlatformIncident {
  readonly name: string;
  /** The page's word, for instance `investigating`. */
  readonly status: string | null;
  /** The page's word, for instance `major`. */
  readonly impact: string | null;
  /** ISO 8601 UTC. */
  readonly startedAt: string | null;
}

/** A maintenance that is planned or under way. @public */
export interface PlatformMaintenance {
  readonly name: string;
  /** The page's word: `scheduled`, `in_progress`. */
  readonly status: string | null;
  /** ISO 8601 UTC. */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
}

/** What the public status page says. @public */
export interface PlatformStatus {
  readonly indicator: StatusIndicator;
  /** In the page's words, for instance `All Systems Operational`. */
  readonly description: string;
  readonly incidents: readonly PlatformIncident[];
  readonly maintenances: readonly PlatformMaintenance[];
}
