import { z } from 'zod';
import { problemsOf, type ScenarioProblem } from '../scenarios/scenario-error.js';
import { faultSchema, operationProblem, type FaultSpec } from './fault-schema.js';

/** Faults that cannot be set; carries every problem. @public */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  readonly problems: readonly ScenarioProblem[];

  constructor(problems: readonly ScenarioProblem[]) {
    const lines = problems.map(({ path, got, wanted }) => `  ${path}: got ${got}; wanted ${wanted}`);
    super(['The faults cannot be set:', ...lines].join('\n'));
    this.problems = problems;
  }
}

/**
 * Checks faults that came as data.
 *
 * @param operations - names of every operation that exists
 * @param place - where the faults stand, for the messages
 * @throws FaultError with everything that is wrong
 */
export function readFaults(data: unknown, operations: readonly string[], place = ''): readonly FaultSpec[] {
  const parsed = z.array(faultSchema).safeParse(data);
  if (!parsed.success) {
    throw new FaultError(problemsOf(parsed.error, data).map((problem) => ({ ...problem, path: `${place}${problem.path}` })));
  }
  const problems = parsed.data.flatMap(({ operation }, index) => {
    const wanted = operationProblem(operation, operations);
    return wanted === undefined ? [] : [{ path: `${place}[${index}].operation`, got: JSON.stringify(operation), wanted }];
  });
  if (problems.length > 0) {
    throw new FaultError(problems);
  }
  return parsed.data;
}
