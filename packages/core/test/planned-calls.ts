import type { JournalEntry } from '@verapipe/emulator';

import { PROFILE_AS_IT_WILL_BE } from '../src/plans/plan-application.js';
import type { Plan, PlannedChange } from '../src/plans/plan.js';
import { protocolFacts } from './samples.js';

/** A call that changes the platform: all that its sender decides. */
export type ChangingCall = Pick<PlannedChange, 'operation' | 'method' | 'path' | 'parameters'>;

const READING = new Set((protocolFacts('operations') as readonly { readonly operation: string; readonly reads: boolean }[]).flatMap(({ operation, reads }) => (reads ? [operation] : [])));

export function changesOf(plan: Plan): readonly PlannedChange[] {
  return plan.steps.filter((step) => step.kind === 'change');
}

/** What was asked of the platform besides readings, in order; the segments of one file are one change. */
export function changesIn(journal: readonly JournalEntry[]): readonly ChangingCall[] {
  return journal
    .filter(({ operation }) => !READING.has(operation))
    .filter(({ operation }, index, all) => !(operation.includes('/segments/') && all[index - 1]?.operation === operation))
    .map(({ operation, method, path, parameters, json }) => ({ operation, method, path: decodeURIComponent(path), parameters: { ...parameters, ...(json as object | null) } }));
}

/**
 * The calls of a plan with the ids that came of it in the place of the placeholders: each of them has one value, wherever
 * it stands. What cannot be the value of a placeholder is left as it is planned, and will differ.
 */
export function fulfilled(plan: Plan, made: readonly ChangingCall[]): readonly ChangingCall[] {
  const ids = new Map<string, string>();
  return changesOf(plan).map(({ operation, method, path, parameters, note }, index) => {
    const call = made[index];
    const filled = { operation, method, path: fill(path, call?.path, ids) as string, parameters: fill(parameters, call?.parameters, ids) as ChangingCall['parameters'] };
    return note === PROFILE_AS_IT_WILL_BE ? { ...filled, parameters: onTopOf(call?.parameters, filled.parameters) as ChangingCall['parameters'] } : filled;
  });
}

function fill(planned: unknown, made: unknown, ids: Map<string, string>): unknown {
  if (typeof planned === 'string') return typeof made === 'string' ? fillText(planned, made, ids) : planned;
  if (typeof planned !== 'object' || planned === null || Array.isArray(planned)) return planned;
  const values = (typeof made === 'object' && made !== null ? made : {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(planned).map(([name, value]) => [name, fill(value, values[name], ids)]));
}

function fillText(planned: string, made: string, ids: Map<string, string>): string {
  const pattern = planned.split(/\{\w+\}/u).map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`)).join('([^/]+)');
  const found = new RegExp(`^${pattern}$`, 'u').exec(made);
  if (found === null) return planned;
  let at = 0;
  return planned.replaceAll(/\{\w+\}/gu, (placeholder) => {
    at += 1;
    const id = ids.get(placeholder) ?? found[at] ?? '';
    ids.set(placeholder, id);
    return id;
  });
}

/** Where a plan knows only some of the fields, the others are what was sent. */
function onTopOf(made: unknown, planned: unknown): unknown {
  if (typeof made !== 'object' || made === null || typeof planned !== 'object' || planned === null) return planned;
  const values = made as Readonly<Record<string, unknown>>;
  return { ...values, ...Object.fromEntries(Object.entries(planned).map(([name, value]) => [name, onTopOf(values[name], value)])) };
}
