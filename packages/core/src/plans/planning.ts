import type { VeracodeClient } from '../api/veracode-client.js';
import { captureChange } from './capture-change.js';
import type { Plan, PlannedChange, PlanStep } from './plan.js';

/** A plan while it is made. */
export interface Planning {
  /** Reads; refuses to change anything, whatever is wrong with a planner. */
  readonly client: VeracodeClient;
  /** Puts down what is known already. */
  know(name: string, what: string): void;
  /** Puts down a call that changes the platform, if there is one. @param note - what cannot be read off the call */
  change(act: (client: VeracodeClient) => Promise<unknown>, note?: string): Promise<void>;
  /** Puts down a change whose request depends on answers that nobody has yet. */
  laterChange(change: Omit<PlannedChange, 'kind'>): void;
  poll(operation: string, everyMs: number, until: string): void;
  read(operation: string, why: string): void;
  plan(): Plan;
}

/** Starts an empty plan. */
export function createPlanning(client: VeracodeClient): Planning {
  const known: Record<string, string> = {};
  const steps: PlanStep[] = [];
  return {
    client: readingClient(client),
    know(name, what) {
      known[name] = what;
    },
    async change(act, note) {
      const change = await captureChange(client, act, note);
      if (change !== null) steps.push(change);
    },
    laterChange(change) {
      steps.push({ kind: 'change', ...change });
    },
    poll(operation, everyMs, until) {
      steps.push({ kind: 'poll', operation, everyMs, until });
    },
    read(operation, why) {
      steps.push({ kind: 'read', operation, why });
    },
    plan: () => ({ known, steps }),
  };
}

function readingClient(client: VeracodeClient): VeracodeClient {
  return {
    ...client,
    send: (exchange) => {
      const { operation } = exchange.request;
      return operation.reads ? client.send(exchange) : Promise.reject(new Error(`${operation.name} was about to be sent while planning.`));
    },
  };
}
