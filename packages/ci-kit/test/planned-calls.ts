import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Plan, PlannedChange } from '@verapipe/core';
import type { JournalEntry } from '@verapipe/emulator';

/** A call that changes the platform: all that its sender decides. */
export type ChangingCall = Pick<PlannedChange, 'operation' | 'method' | 'path' | 'parameters'>;

const FACTS = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('@verapipe/protocol/operations.json'), 'utf8')) as readonly { readonly operation: string; readonly reads: boolean }[];
const READING = new Set(FACTS.flatMap(({ operation, reads }) => (reads ? [operation] : [])));

export function changesOf(plan: Plan): readonly PlannedChange[] {
  return plan.steps.filter((step) => step.kind === 'change');
}

export function isReading({ operation }: Pick<JournalEntry, 'operation'>): boolean {
  return READING.has(operation);
}

/** What was asked of the platform besides readings, in order; the segments of one file are one change. */
export function changesIn(journal: readonly JournalEntry[]): readonly ChangingCall[] {
  return journal
    .filter((entry) => !isReading(entry))
    .filter(({ operation }, index, all) => !(operation.includes('/segments/') && all[index - 1]?.operation === operation))
    .map(({ operation, method, path, parameters, json }) => ({ operation, method, path: decodeURIComponent(path), parameters: { ...parameters, ...(json as object | null) } }));
}

/**
 * The calls of a plan with the ids that came of it in the place of the placeholders: each of them has one value, wherever
 * it stands. What cannot be the value of a placeholder is left as it is planned, and will differ.
 */
export function fulfilled(plan: Plan, made: readonly ChangingCall[]): readonly ChangingCall[] {
  const ids = new Map<string, string>();
  return changesOf(plan).map(({ operation, method, path, parameters }, index) => {
    const sent = made[index]?.parameters ?? {};
    const values = Object.entries(parameters).map(([name, value]) => [name, fill(value, sent[name], ids)] as const);
    return { operation, method, path: String(fill(path, made[index]?.path, ids)), parameters: Object.fromEntries(values) };
  });
}

function fill(planned: unknown, made: unknown, ids: Map<string, string>): unknown {
  if (typeof planned !== 'string' || typeof made !== 'string') return planned;
  const texts = planned.split(/\{\w+\}/u).map((text) => text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`));
  const found = new RegExp(`^${texts.join('([^/]+)')}$`, 'u').exec(made);
  if (found === null) return planned;
  const values = found.slice(1).values();
  return planned.replaceAll(/\{\w+\}/gu, (placeholder) => {
    const value = values.next().value ?? '';
    const id = ids.get(placeholder) ?? value;
    ids.set(placeholder, id);
    return id;
  });
}
