import type { FaultStatus } from './fault-plan.js';
import type { FaultInput } from './fault-schema.js';

/** Faults, from within the process. @public */
export interface FaultControl {
  /** Sets further faults. @throws FaultError when one is malformed; none is set then */
  set(...faults: readonly FaultInput[]): void;
  list(): readonly FaultStatus[];
  clear(): void;
}
