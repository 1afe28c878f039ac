import type { Setting } from '@verapipe/ci-kit';
import type { FaultInput, ScenarioInput } from '@verapipe/emulator';

/** Everything about one world, decided before it begins. Plain data. */
export interface Plan {
  readonly seed: number;
  readonly scenario: ScenarioInput;
  /** Set after the scenario's beginning, so that they can be taken away for the last run. */
  readonly faults: readonly FaultInput[];
  readonly ours: PipelinePlan;
  /** Another pipeline on the same profile; null in most worlds. */
  readonly rival: PipelinePlan | null;
  readonly person: readonly PersonalAct[];
}

/** One CI job and how its attempts are disturbed. */
export interface PipelinePlan {
  /** Of its account, and of its CI's job. */
  readonly name: 'ours' | 'rival';
  readonly startMs: number;
  readonly settings: readonly Setting[];
  readonly files: readonly { readonly name: string; readonly content: string }[];
  readonly attempts: readonly AttemptPlan[];
}

/** One attempt of a job. */
export interface AttemptPlan {
  readonly disturbance: Disturbance | null;
  /** How the next attempt goes on when this one was killed or did not come to an end. */
  readonly goesOn: 'same-command' | 'resume' | 'clean-workspace' | 'wait';
  /** Its artifacts were compiled anew, so that their bytes differ. */
  readonly isRebuilt: boolean;
}

/** What happens to a process. Milliseconds count from its start. */
export type Disturbance =
  | { readonly kind: 'kill-at'; readonly afterMs: number }
  | { readonly kind: 'kill-at-request'; readonly request: number; readonly moment: 'arrives' | 'is-answered' }
  | { readonly kind: 'cancel'; readonly afterMs: number }
  | { readonly kind: 'clock-jump'; readonly afterMs: number; readonly byMs: number };

/** What somebody does at the platform's site, to the newest build of some context. */
export interface PersonalAct {
  readonly atMs: number;
  readonly act: 'delete-build' | 'cancel-build' | 'create-build' | 'stick-prescan' | 'fail-scan' | 'delay-policy';
}
