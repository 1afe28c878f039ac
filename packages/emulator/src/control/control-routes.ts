import { z } from 'zod';
import type { FaultControl } from '../faults/fault-control.js';
import type { FaultInput } from '../faults/fault-schema.js';
import type { JournalEntry } from '../journal/journal.js';
import type { PlatformClock } from '../platform-clock.js';
import type { PlatformSnapshot } from '../platform/snapshot.js';
import { problemsOf } from '../scenarios/scenario-error.js';
import { ControlProblem } from './control-answers.js';

/** What a control request brings along. */
export interface ControlRequest {
  readonly parameters: ReadonlyMap<string, string>;
  /** The JSON body; undefined when there is none. */
  readonly body: unknown;
}

/** One call of the control interface. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Behind `/__emulator/`. */
  readonly name: string;
  readonly parameters?: readonly string[];
  /** @throws ControlProblem, FaultError */
  answer(request: ControlRequest): unknown;
}

/** What the control interface works on. */
export interface Controlled {
  readonly clock: PlatformClock;
  readonly faults: FaultControl;
  snapshot(): PlatformSnapshot;
  journal(): readonly JournalEntry[];
  advance(ms: number): void;
  reset(): void;
}

const advanceSchema = z.strictObject({ advanceMs: z.number().min(0) });

/** Everything under `/__emulator/`. */
export function controlRoutes(emulator: Controlled): readonly ControlRoute[] {
  const { clock, faults } = emulator;
  const time = (): object => ({ wallMs: clock.wallMs(), emulatedMs: clock.emulatedMs() });
  const listed = (): object => ({ faults: faults.list() });
  return [
    {
      method: 'GET',
      name: 'journal',
      parameters: ['after'],
      answer({ parameters }) {
        const after = readSequence(parameters.get('after') ?? '0');
        return { entries: emulator.journal().filter(({ sequence }) => sequence > after) };
      },
    },
    { method: 'GET', name: 'state', answer: () => emulator.snapshot() },
    { method: 'GET', name: 'clock', answer: time },
    {
      method: 'POST',
      name: 'clock',
      answer({ body }) {
        const parsed = advanceSchema.safeParse(body);
        if (!parsed.success) {
          throw new ControlProblem(400, `The body must be like {"advanceMs": 60000}: ${describe(parsed.error, body)}`);
        }
        emulator.advance(parsed.data.advanceMs);
        return time();
      },
    },
    {
      method: 'POST',
      name: 'reset',
      answer({ body }) {
        demandNoBody(body);
        emulator.reset();
        return {};
      },
    },
    { method: 'GET', name: 'faults', answer: listed },
    {
      method: 'POST',
      name: 'faults',
      answer({ body }) {
        // What is no fault at all is found out by the emulator, which checks every one before it sets any.
        faults.set(...((Array.isArray(body) ? body : [body]) as FaultInput[]));
        return listed();
      },
    },
    {
      method: 'DELETE',
      name: 'faults',
      answer({ body }) {
        demandNoBody(body);
        faults.clear();
        return listed();
      },
    },
  ];
}

function readSequence(text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new ControlProblem(400, `"after" must be the sequence number of an entry, not ${JSON.stringify(text)}.`);
  }
  return Number(text);
}

function demandNoBody(body: unknown): void {
  if (body !== undefined && !(typeof body === 'object' && body !== null && Object.keys(body).length === 0)) {
    throw new ControlProblem(400, 'This call takes no body.');
  }
}

function describe(error: z.ZodError, body: unknown): string {
  return problemsOf(error, body)
    .map(({ path, got, wanted }) => `${path}: got ${got}; wanted ${wanted}`)
    .join('; ');
}
