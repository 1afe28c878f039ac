import { environmentName, parseBoolean, BOOLEAN_WORDS, readOptions, shownText, type ReadOptions } from '@verapipe/ci-kit';
import type { Env, ValidationIssue } from '@verapipe/core';

import { givenVariables, type GivenOption } from './given-variables.js';
import { OWN_VARIABLES, type OwnName } from './own-variables.js';
import { JUDGING_COMMANDS, PIPE_COMMANDS, type PipeCommand } from './pipe-commands.js';
import { undefinedVariable, unreplacedVariables } from './undefined-variable.js';

/** What the pipeline wants of the pipe. */
export interface PipeVariables {
  readonly command: PipeCommand;
  /** The environment of the command line: that of the container, with the options in their own names. */
  readonly env: Env;
  readonly options: ReadOptions;
  /** Variables of the pipe itself; empty ones are null. */
  readonly own: Readonly<Record<OwnName, string | null>>;
  readonly reportsToCodeInsights: boolean;
  /** The step's own time limit. */
  readonly maxTimeMinutes: number;
  /** Every fault, by the names that the pipeline uses. */
  readonly issues: readonly ValidationIssue[];
  readonly notices: readonly string[];
}

/** What Bitbucket gives a step that says nothing else. @see support.atlassian.com "Step options", max-time */
const USUAL_MAX_TIME = 120;
const LONGEST_MAX_TIME = 720;

const CREDENTIALS: readonly OwnName[] = ['VERACODE_API_KEY_ID', 'VERACODE_API_KEY_SECRET'];

/** Reads the variables of the pipe; every fault is listed, nothing throws. Pure. */
export function readVariables(env: Env): PipeVariables {
  const given = givenVariables(env);
  const issues = [...given.issues];
  const notices = [...given.notices];
  const own = readOwn(env, issues, notices);
  const command = readCommand(own.COMMAND, issues);

  const handedOn: Record<string, string | undefined> = { ...env };
  // A variable that does not exist is no pair of credentials: the command line says so, or skips where it may.
  for (const name of CREDENTIALS) if (own[name] === null) handedOn[name] = undefined;
  for (const option of given.options) Object.assign(handedOn, handOn(option, command, { issues, notices }));

  const options = readOptions(command, [], handedOn);
  const names = new Map(given.options.map(({ option, variable }) => [environmentName(option.name), variable]));
  return {
    command,
    env: handedOn,
    options,
    own,
    reportsToCodeInsights: readSwitch('CODE_INSIGHTS', own.CODE_INSIGHTS, issues) && JUDGING_COMMANDS.includes(command) && !options.values.plan,
    maxTimeMinutes: readMaxTime(own.MAX_TIME, issues),
    issues: [...issues, ...options.issues.map((issue) => ({ ...issue, path: names.get(issue.path) ?? issue.path }))],
    notices,
  };
}

function readOwn(env: Env, issues: ValidationIssue[], notices: string[]): PipeVariables['own'] {
  const values = OWN_VARIABLES.map(({ name }) => {
    const value = env[name]?.trim() ?? '';
    if (value === '') return [name, null];
    const absent = undefinedVariable(value);
    if (absent === null) return [name, value];
    if (CREDENTIALS.includes(name)) notices.push(`${name} is the text "$${absent}" itself: there is no such variable here, or it is secured and this pipeline may not see it.`);
    else issues.push(undefinedIssue(name, absent));
    return [name, null];
  });
  return Object.fromEntries(values) as PipeVariables['own'];
}

interface Said {
  readonly issues: ValidationIssue[];
  readonly notices: string[];
}

/** The option as the command line reads it from its environment: a list as JSON, so that no item is taken apart. */
function handOn({ option, variable, isNegated, values, isList }: GivenOption, command: PipeCommand, { issues, notices }: Said): Env {
  for (const value of values) {
    const absent = undefinedVariable(value);
    if (absent !== null) issues.push(undefinedIssue(variable, absent));
    else for (const name of unreplacedVariables(value)) notices.push(`${variable} holds the text "$${name}": no variable of that name was replaced there.`);
  }
  if (!option.commands.includes(command)) issues.push({ path: variable, got: `a variable that ${command} has no use for`, wanted: `it at ${PIPE_COMMANDS.filter((other) => option.commands.includes(other)).join(', ')} only` });
  const [first = ''] = values;
  return { [environmentName(isNegated ? `no-${option.name}` : option.name)]: isList ? JSON.stringify(values) : first };
}

function undefinedIssue(variable: string, absent: string): ValidationIssue {
  return { path: variable, got: `the text "$${absent}" itself`, wanted: `a variable ${absent} that exists and that this pipeline may see` };
}

function readCommand(text: string | null, issues: ValidationIssue[]): PipeCommand {
  const command = text === null ? 'scan' : PIPE_COMMANDS.find((known) => known === text);
  if (command === undefined) issues.push({ path: 'COMMAND', got: `"${shownText(text ?? '')}"`, wanted: PIPE_COMMANDS.join(', ') });
  return command ?? 'scan';
}

function readSwitch(name: OwnName, text: string | null, issues: ValidationIssue[]): boolean {
  const isOn = text === null ? true : parseBoolean(text);
  if (isOn === undefined) issues.push({ path: name, got: `"${shownText(text ?? '')}"`, wanted: BOOLEAN_WORDS });
  return isOn ?? true;
}

function readMaxTime(text: string | null, issues: ValidationIssue[]): number {
  const minutes = text === null ? USUAL_MAX_TIME : /^\d{1,3}$/u.test(text) ? Number(text) : 0;
  if (minutes < 1 || minutes > LONGEST_MAX_TIME) issues.push({ path: 'MAX_TIME', got: `"${shownText(text ?? '')}"`, wanted: `whole minutes from 1 to ${LONGEST_MAX_TIME}, as the step has them` });
  return minutes;
}

