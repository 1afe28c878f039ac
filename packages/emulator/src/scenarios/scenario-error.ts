import type { z } from 'zod';

/** One fault of a scenario. */
export interface ScenarioProblem {
  /** For instance `applications[0].builds[2].status`. */
  readonly path: string;
  readonly got: string;
  readonly wanted: string;
}

/** A scenario that cannot be used; carries every fault, not only the first. @public */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly problems: readonly ScenarioProblem[];

  constructor(problems: readonly ScenarioProblem[]) {
    const lines = problems.map(({ path, got, wanted }) => `  ${path}: got ${got}; wanted ${wanted}`);
    super(['The scenario cannot be used:', ...lines].join('\n'));
    this.problems = problems;
  }
}

/** Turns the schema's complaints into problems with the value that stands there. */
export function problemsOf(error: z.ZodError, data: unknown): ScenarioProblem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, data));
}

function problemsOfIssue(issue: z.core.$ZodIssue, data: unknown): ScenarioProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      got: 'an unknown key',
      wanted: 'one of the documented keys (scenario.schema.json)',
    }));
  }
  const value = valueAt(data, issue.path);
  if (issue.code === 'invalid_union') {
    const closest = closestAlternative(issue, value);
    if (closest !== undefined) {
      return closest.map((inner) => problemsOfIssue({ ...inner, path: [...issue.path, ...inner.path] }, data)).flat();
    }
  }
  return [{ path: pathText(issue.path), got: shown(value), wanted: wantedOf(issue) }];
}

/** An alternative that has the right shape at its top but faults inside tells more than "no alternative fits". */
function closestAlternative(issue: z.core.$ZodIssueInvalidUnion, value: unknown): z.core.$ZodIssue[] | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  return issue.errors.find((issues) => issues.every((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'));
}

function wantedOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.length === 1 ? shown(issue.values[0]) : `one of ${issue.values.map(shown).join(', ')}`;
    case 'invalid_type':
      return `a value of type ${issue.expected}`;
    case 'invalid_union':
      return issue.errors.map((issues) => issues.map(wantedOf).join(' and ')).join(', or ');
    case 'too_small':
      return `at least ${String(issue.minimum)}${unitOf(issue.origin)}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}${unitOf(issue.origin)}`;
    case 'invalid_format':
      return issue.pattern === undefined ? issue.format : `text like ${issue.pattern}`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return issue.message;
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') {
    return ' character(s)';
  }
  return origin === 'array' ? ' entries' : '';
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined),
    data,
  );
}

function shown(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text === '' ? '(top)' : text.replace(/^\./, '');
}
