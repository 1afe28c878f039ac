import type { Plan, PlannedChange, PlanStep } from '@verapipe/core';

import { printable } from './printable.js';

/** What the plan is of. @public */
export interface PlanTextOptions {
  /** `scan`. */
  readonly command: string;
  readonly platformUrl: string;
}

/**
 * Renders a plan for people: calls that change the platform are numbered, each with its parameters; readings and polls
 * stand between them. Pure.
 *
 * @public
 */
export function renderPlan({ known, steps }: Plan, { command, platformUrl }: PlanTextOptions): string {
  const changes = steps.filter((step) => step.kind === 'change');
  const facts = Object.entries(known).map(([name, what]) => `  ${name}: ${printable(what)}\n`);
  const width = Math.max(0, ...steps.map(({ operation }) => operation.length));
  const lines = steps.map((step) => `${numberOf(step, changes).padStart(4)}  ${step.operation.padEnd(width)}  ${describe(step)}`.trimEnd());
  const count = changes.length === 1 ? '1 call changes' : `${String(changes.length)} calls change`;
  return [
    `Plan of \`verapipe ${command}\` against ${printable(platformUrl)}\n`,
    ...facts,
    '\n',
    ...lines.map((line) => `${line}\n`),
    `\n${count} the platform; nothing was changed now.\n`,
  ].join('');
}

function numberOf(step: PlanStep, changes: readonly PlannedChange[]): string {
  return step.kind === 'change' ? `${String(changes.indexOf(step) + 1)}.` : '';
}

function describe(step: PlanStep): string {
  switch (step.kind) {
    case 'change':
      return describeChange(step);
    case 'poll':
      return `every ${String(Math.round(step.everyMs / 1000))} s, until ${printable(step.until)}`;
    case 'read':
      return `reads: ${printable(step.why)}`;
  }
}

function describeChange({ operation, method, path, parameters, note }: PlannedChange): string {
  const isSaid = operation.endsWith('.do') || operation === `${method} ${path}`;
  const values = Object.entries(parameters).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return printable([...(isSaid ? [] : [path]), ...values, ...(note === null ? [] : [`(${note})`])].join(' '));
}
