import type { RunResult, Setting } from '@verapipe/ci-kit';
import type { BuildView, JournalEntry, PlatformSnapshot } from '@verapipe/emulator';

import type { Disturbance, Plan } from './plan.js';

/** One process from its start to its end. */
export interface ProcessRecord {
  readonly pipeline: 'ours' | 'rival' | 'heal' | 'next';
  readonly command: 'scan' | 'wait';
  readonly settings: readonly Setting[];
  readonly disturbance: Disturbance | null;
  readonly startMs: number;
  readonly endMs: number;
  /** Null for a process that was killed. */
  readonly result: RunResult | null;
  /** Times of its status polls, by what was waited for; milliseconds since the world began. */
  readonly polls: readonly { readonly atMs: number; readonly waitingFor: string }[];
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  /** Builds that were not there when it began and were when it ended, those of others included. */
  readonly newBuilds: readonly string[];
  /** The build that it judged or submitted, as the platform had it at that moment: a policy may be evaluated anew later. */
  readonly judgedBuild: BuildView | null;
}

/** All that is known of a world that has ended. */
export interface SeedRecord {
  readonly plan: Plan;
  readonly processes: readonly ProcessRecord[];
  readonly journal: readonly JournalEntry[];
  readonly snapshot: PlatformSnapshot;
  /** Texts that must stand nowhere. */
  readonly secrets: readonly string[];
  /** Everything that the processes said and wrote, in one text. */
  readonly said: string;
}

/** A promise that was not kept. */
export interface Violation {
  readonly invariant: string;
  readonly detail: string;
}

/** Looks at the truth of a world that has ended; what the client says about itself is never believed. */
export type Invariant = (record: SeedRecord) => readonly string[];
