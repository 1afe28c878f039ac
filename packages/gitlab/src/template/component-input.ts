/**
 * One input of a component, as GitLab declares it. Without a default it is required.
 *
 * @see docs.gitlab.com "CI/CD inputs"
 */
export interface ComponentInput {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'array';
  readonly default?: string | number | boolean | readonly (string | number)[];
  readonly options?: readonly string[];
  /** Without slashes around it. */
  readonly regex?: string;
  /** At most 1024 characters. */
  readonly description: string;
  /** The variable that carries it to the job; null where the template itself uses it. */
  readonly variable: string | null;
}

/** One line of any text: a second one would leave the place in the template that the value is put into. */
export const ONE_LINE = '^[^\\r\\n]*$';
