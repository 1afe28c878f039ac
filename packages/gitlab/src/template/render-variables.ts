import type { ComponentInput } from './component-input.js';

/**
 * The variables of a job that carry inputs. GitLab puts values into the text of the template before it is read as YAML:
 * in a block scalar neither quotes nor colons nor `#` in a value can end it. Lists arrive as JSON. Pure.
 *
 * @see docs.gitlab.com "CI/CD inputs", interpolation
 */
export function renderVariables(inputs: readonly ComponentInput[]): string {
  return inputs.map(({ name, variable }) => (variable === null ? '' : `    ${variable}: |-\n      $[[ inputs.${name} ]]\n`)).join('');
}
