import type { OptionDeclaration } from '@verapipe/ci-kit';

import { OWN_VARIABLES, type OwnVariable } from '../variables/own-variables.js';
import { PIPE_COMMANDS, PIPE_OPTIONS, variableName } from '../variables/pipe-commands.js';

/** A variable as people read about it. */
export interface VariableRow {
  readonly name: string;
  readonly help: string;
  readonly absent: string;
  readonly isRequired: boolean;
  readonly isList: boolean;
}

/** What the pipe puts where the pipeline says nothing. */
const ABSENT: Readonly<Record<string, string>> = {
  'output-dir': 'veracode',
  state: 'scan.json in OUTPUT_DIR',
  report: 'sarif, dotenv and code-insights in OUTPUT_DIR, and junit in test-results',
  timeout: '360 minutes, 60 of pipeline-scan; at most two less than MAX_TIME',
  'job-timeout': 'MAX_TIME',
};

/** Every variable of the pipe: its own ones, then the options in the order of the help. Pure. */
export function variableRows(): readonly VariableRow[] {
  return [...OWN_VARIABLES.map(ownRow), ...PIPE_OPTIONS.map(optionRow)];
}

function ownRow({ name, help, absent }: OwnVariable): VariableRow {
  return { name, help, absent, isRequired: absent === 'required', isList: false };
}

function optionRow(option: OptionDeclaration): VariableRow {
  const { name, help, commands, default: value, defaultText, defaults = {}, unit, optionalIn = [] } = option;
  const said = (known: string | number | boolean | null): string => (known === null ? (defaultText ?? 'none') : `${String(known)}${unit === undefined ? '' : ` ${unit}`}`);
  const special = PIPE_COMMANDS.flatMap((command) => (defaults[command] === undefined || value === null ? [] : [`${said(defaults[command])} of ${command}`]));
  const own = PIPE_COMMANDS.filter((command) => commands.includes(command));
  const only = own.includes('scan') ? '' : ` Of ${own.join(', ')} only.`;
  const isRequired = defaultText === 'required' && commands.includes('scan') && !optionalIn.includes('scan');
  return { name: variableName(option), help: `${inVariables(help)}${only}`, absent: ABSENT[name] ?? inVariables([said(value), ...special].join(', ')), isRequired, isList: option.repeatable === true };
}

/** Help texts name options as they are typed. */
function inVariables(text: string): string {
  return text.replace(/--(no-)?([a-z][a-z-]*)/gu, (whole, no: string | undefined, name: string) => {
    const option = PIPE_OPTIONS.find((candidate) => candidate.name === name);
    if (option === undefined) return whole;
    return no === undefined ? variableName(option) : `${variableName(option)}: 'false'`;
  });
}
