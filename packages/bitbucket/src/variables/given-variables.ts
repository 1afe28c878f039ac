import { resolveOptionName, type OptionDeclaration } from '@verapipe/ci-kit';
import { nearestNames, type Env, type ValidationIssue } from '@verapipe/core';

import { OWN_VARIABLES } from './own-variables.js';
import { PIPE_COMMANDS, PIPE_OPTIONS, variableName } from './pipe-commands.js';

/** An option that a variable, or a list of them, was given for. */
export interface GivenOption {
  readonly option: OptionDeclaration;
  /** As it is written in the pipeline. */
  readonly variable: string;
  /** `NO_WAIT` and its kin. */
  readonly isNegated: boolean;
  /** Of a list each item. */
  readonly values: readonly string[];
  readonly isList: boolean;
}

/** The options among the variables of a container. */
export interface GivenVariables {
  readonly options: readonly GivenOption[];
  readonly issues: readonly ValidationIssue[];
  readonly notices: readonly string[];
}

/** What every container has: nobody meant an option by it. */
const OF_THE_CONTAINER = /^(?:_|CI|HOME|HOST|HOSTNAME|LANG|LANGUAGE|LOGNAME|MAIL|OLDPWD|PATH|PS\d|PWD|SHELL|SHLVL|TERM|TMP|TEMP|TMPDIR|TZ|USER|container|BUILD_DIR|NO_COLOR|FORCE_COLOR|(?:LC|NODE|NPM|YARN|DOCKER|BITBUCKET|VERACODE|VERAPIPE|XDG)_.*|(?:HTTPS?|ALL|NO)_PROXY)$/iu;

const KNOWN = PIPE_OPTIONS.map(variableName);
const OWN_NAMES: readonly string[] = OWN_VARIABLES.map(({ name }) => name);

/** Finds the options among the variables; empty ones count as absent, as everywhere. Pure. */
export function givenVariables(env: Env): GivenVariables {
  const options = new Map<string, GivenOption>();
  const issues: ValidationIssue[] = [];
  const notices: string[] = [];
  for (const [name, value = ''] of Object.entries(env)) {
    if (value.trim() === '' || OWN_NAMES.includes(name) || OF_THE_CONTAINER.test(name)) continue;
    if (isItem(name, env)) continue;
    const listName = listNameOf(name);
    const found = resolveVariable(listName ?? name);
    if (found === null) {
      const [near] = nearestNames(name, [...KNOWN, ...OWN_NAMES], 1);
      if (near !== undefined) issues.push({ path: name, got: 'an unknown variable', wanted: `perhaps ${near}` });
      continue;
    }
    const { option } = found;
    const earlier = options.get(option.name);
    if (earlier !== undefined) issues.push({ path: name, got: `a second variable beside ${earlier.variable}`, wanted: 'one of them' });
    if (found.isOld) notices.push(`${listName ?? name} is called ${variableName(option)} here.`);
    const values = listName === null ? [value] : readItems(listName, value, env, issues);
    if (listName !== null && option.repeatable !== true) issues.push({ path: listName, got: 'a list', wanted: 'one value' });
    options.set(option.name, { option, variable: listName ?? name, isNegated: found.isNegated, values, isList: listName !== null });
  }
  return { options: [...options.values()], issues, notices };
}

interface FoundOption {
  readonly option: OptionDeclaration;
  readonly isNegated: boolean;
  readonly isOld: boolean;
}

/** The option that a name in upper case means, also by the name that another tool has for it. */
function resolveVariable(name: string): FoundOption | null {
  // Variables in lower case are of others.
  if (!/^[A-Z][A-Z0-9_]*$/u.test(name)) return null;
  const exact = PIPE_OPTIONS.find((option) => variableName(option) === name);
  if (exact !== undefined) return { option: exact, isNegated: false, isOld: false };
  const written = name.toLowerCase().replaceAll('_', '-');
  for (const command of PIPE_COMMANDS) {
    const resolved = resolveOptionName(written, command);
    if (resolved === undefined || !PIPE_OPTIONS.includes(resolved.option)) continue;
    // Only what is on can be turned off by its name.
    if (resolved.negated && resolved.option.default !== true) return null;
    return { option: resolved.option, isNegated: resolved.negated, isOld: resolved.old };
  }
  return null;
}

/** `FILE_COUNT` → `FILE`. */
function listNameOf(name: string): string | null {
  return name.endsWith('_COUNT') ? name.slice(0, -'_COUNT'.length) : null;
}

/** `FILE_0` beside `FILE_COUNT` belongs to it. */
function isItem(name: string, env: Env): boolean {
  const [, list] = /^(.+)_\d+$/u.exec(name) ?? [];
  return list !== undefined && env[`${list}_COUNT`] !== undefined;
}

/** @see support.atlassian.com "Advanced techniques for writing pipes": a list arrives as its count and its items */
function readItems(name: string, count: string, env: Env, issues: ValidationIssue[]): readonly string[] {
  if (!/^\d{1,4}$/u.test(count.trim())) {
    issues.push({ path: `${name}_COUNT`, got: 'something else than a count', wanted: `a YAML list as ${name}` });
    return [];
  }
  return Array.from({ length: Number(count) }, (_, index) => {
    const item = env[`${name}_${index}`];
    if (item === undefined) issues.push({ path: `${name}_${index}`, got: 'nothing', wanted: `item ${index + 1} of ${Number(count)}` });
    return item ?? '';
  });
}
