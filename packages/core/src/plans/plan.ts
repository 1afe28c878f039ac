/** A call that changes the platform, exactly as it would be sent, before its signature. @public */
export interface PlannedChange {
  readonly kind: 'change';
  /** The platform's own name: `createbuild.do`, `POST /appsec/v1/applications/{guid}/sandboxes`. */
  readonly operation: string;
  readonly method: string;
  /** Below the platform's base URL, without the query. */
  readonly path: string;
  /** Parameters of the query and of the form, or the JSON body; ids that nobody knows yet are placeholders: `{application}`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What cannot be read off the call: how often it is made, or what it is expected to be answered with. */
  readonly note: string | null;
}

/** One status call made again and again. @public */
export interface PlannedPoll {
  readonly kind: 'poll';
  readonly operation: string;
  /** Milliseconds between two of them, give or take a little. */
  readonly everyMs: number;
  /** What is waited for. */
  readonly until: string;
}

/** A reading that the proof of the work rests on. @public */
export interface PlannedRead {
  readonly kind: 'read';
  readonly operation: string;
  readonly why: string;
}

/** @public */
export type PlanStep = PlannedChange | PlannedPoll | PlannedRead;

/** What a run would do, in order, as the platform is now. Nothing of it was done. @public */
export interface Plan {
  /** Facts that were read: names to what they are. */
  readonly known: Readonly<Record<string, string>>;
  readonly steps: readonly PlanStep[];
}
