import { z } from 'zod';
import { nearestName, suggestion } from '../nearest-name.js';
import { faultKindPattern, faultKinds, parseFaultKind } from './fault-kind.js';

const kindSchema = z
  .string()
  .meta({ pattern: faultKindPattern })
  .describe(`One of ${faultKinds.join(', ')}.`)
  .superRefine((text, context) => {
    if (parseFaultKind(text) === undefined) {
      context.addIssue({ code: 'custom', message: `one of ${faultKinds.join(', ')}${nearestKind(text)}` });
    }
  });

/** One fault, as scenario files and the control interface say it. */
export const faultSchema = z
  .strictObject({
    operation: z
      .string()
      .min(1)
      .describe('Name of the operation, for instance createbuild.do or GET /appsec/v1/applications; * for every operation.'),
    kind: kindSchema,
    nth: z.int().min(1).default(1).describe('Which call of the operation, counted from now, is the first to meet the fault.'),
    count: z
      .union([z.int().min(1), z.literal('all')])
      .default(1)
      .describe('How many calls in a row meet it.'),
  })
  .describe('Something that goes wrong on purpose.');

/** A fault with every default filled in. @public */
export type FaultSpec = z.output<typeof faultSchema>;

/** What one may say of a fault. @public */
export type FaultInput = z.input<typeof faultSchema>;

/** What is wrong with the operation's name; undefined when it exists. */
export function operationProblem(operation: string, operations: readonly string[]): string | undefined {
  return operation === '*' || operations.includes(operation)
    ? undefined
    : `the name of an operation, or *.${suggestion(operation, operations)}`;
}

function nearestKind(text: string): string {
  const words = faultKinds.map((form) => /^[a-z0-9-]+/.exec(form)?.[0] ?? form);
  const nearest = nearestName(text.split(':')[0] ?? '', words);
  return nearest === undefined ? '' : `. The nearest is ${faultKinds[words.indexOf(nearest)] ?? nearest}`;
}
