import type { Fault } from './fault.js';
import { parseFaultKind } from './fault-kind.js';
import type { FaultSpec } from './fault-schema.js';

/** A fault that is set, and how far it has come. @public */
export interface FaultStatus extends FaultSpec {
  /** Calls of the operation since the fault was set. */
  readonly seen: number;
  /** Calls that met it. */
  readonly met: number;
}

/** A fault that a call meets, with the text it was set by. */
export interface MetFault {
  readonly text: string;
  readonly fault: Fault;
}

/** Which call meets which fault. */
export interface FaultPlan {
  add(specs: readonly FaultSpec[]): void;
  clear(): void;
  list(): readonly FaultStatus[];
  /** Counts a call and says what it meets, in the order in which the faults were set. */
  meet(operation: string): readonly MetFault[];
}

export function createFaultPlan(): FaultPlan {
  let faults: { readonly spec: FaultSpec; readonly fault: Fault; seen: number; met: number }[] = [];
  return {
    add(specs) {
      faults.push(...specs.map((spec) => ({ spec, fault: readKind(spec.kind), seen: 0, met: 0 })));
    },
    clear() {
      faults = [];
    },
    list: () => faults.map(({ spec, seen, met }) => ({ ...spec, seen, met })),
    meet(operation) {
      const counted = faults.filter(({ spec }) => spec.operation === '*' || spec.operation === operation);
      return counted.flatMap((entry) => {
        entry.seen += 1;
        if (!isMet(entry.spec, entry.seen)) {
          return [];
        }
        entry.met += 1;
        return [{ text: entry.spec.kind, fault: entry.fault }];
      });
    },
  };
}

function isMet({ nth, count }: FaultSpec, seen: number): boolean {
  return seen >= nth && (count === 'all' || seen < nth + count);
}

function readKind(text: string): Fault {
  const fault = parseFaultKind(text);
  if (fault === undefined) {
    throw new Error(`"${text}" is no kind of fault: check faults with faultSchema before they are set.`);
  }
  return fault;
}
